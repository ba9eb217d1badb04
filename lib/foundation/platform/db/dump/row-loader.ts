import "server-only";
import { once } from "node:events";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { AppError } from "#foundation/core/errors";
import type { DumpedTable, Partition, Sequence } from "#foundation/platform/db/dump/catalog";
import {
  TEXT_FORMAT_SQL,
  quoteName,
  quoteNames,
  readCatalog,
} from "#foundation/platform/db/dump/catalog";
import {
  ADD_RESTORED_JOBS_SQL,
  RESTORED_JOBS_TABLE_SQL,
} from "#foundation/platform/db/dump/queued-jobs";

/** Receives the rows of one table. */
export type RowSink = {
  readonly write: (bytes: Uint8Array) => Promise<void>;
  /** Resolves to the number of rows. */
  readonly end: () => Promise<number>;
};

/** Prisma's own table, as its schema engine creates it. */
const MIGRATIONS_TABLE_SQL = `
  create table "_prisma_migrations" (
    id varchar(36) primary key not null,
    checksum varchar(64) not null,
    finished_at timestamptz,
    migration_name varchar(255) not null,
    logs text,
    rolled_back_at timestamptz,
    started_at timestamptz not null default now(),
    applied_steps_count integer not null default 0
  )`;

/** Everything in the schema except extensions and what belongs to them. */
const DROP_EVERYTHING_SQL = `do $$
  declare
    statement text;
  begin
    for statement in
      select format('drop table if exists %s cascade', oid::regclass) from pg_class c
        where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
          and not exists (select from pg_depend where objid = c.oid and deptype = 'e')
      union all
      select format('drop sequence if exists %s cascade', oid::regclass) from pg_class c
        where relnamespace = 'public'::regnamespace and relkind = 'S'
          and not exists (select from pg_depend where objid = c.oid and deptype in ('e', 'a', 'i'))
      union all
      select format('drop routine if exists %s cascade', oid::regprocedure) from pg_proc p
        where pronamespace = 'public'::regnamespace
          and not exists (select from pg_depend where objid = p.oid and deptype = 'e')
      union all
      select format('drop type if exists %s cascade', oid::regtype) from pg_type t
        where typnamespace = 'public'::regnamespace and typtype in ('e', 'd')
          and not exists (select from pg_depend where objid = t.oid and deptype = 'e')
    loop
      execute statement;
    end loop;
  end $$`;

/**
 * Loads rows into a database in one transaction, with the schema that the given migrations create. The caller begins
 * and ends the transaction.
 */
export class RowLoader {
  readonly #client: pg.Client;
  #columns: ReadonlyMap<string, readonly string[]> = new Map();

  constructor(client: pg.Client) {
    this.#client = client;
  }

  /** Replaces everything in the database with empty tables. Triggers do not run until `finish`. */
  async prepare(migrations: readonly string[], partitions: readonly Partition[]): Promise<void> {
    const client = this.#client;
    await client.query(TEXT_FORMAT_SQL);
    await client.query(DROP_EVERYTHING_SQL);
    await client.query(MIGRATIONS_TABLE_SQL);
    for (const sql of migrations) {
      await client.query(sql);
    }
    await client.query("delete from graphile_worker._private_jobs");
    await client.query(RESTORED_JOBS_TABLE_SQL);
    await this.#createPartitions(partitions);
    const { tables } = await readCatalog(client);
    this.#columns = new Map(tables.map(({ name, columns }) => [name, columns]));
    await this.#setTriggers("disable");
  }

  async #createPartitions(partitions: readonly Partition[]): Promise<void> {
    const { partitions: existing } = await readCatalog(this.#client);
    for (const { name, parent, bound } of partitions) {
      if (!existing.some((partition) => partition.name === name)) {
        await this.#client.query(
          `create table ${quoteName(name)} partition of ${quoteName(parent)} ${bound}`,
        );
      }
    }
  }

  /** Begins to copy rows into a table, in the text format of `COPY`. */
  copyInto({ name, columns }: DumpedTable): RowSink {
    const known = this.#columns.get(name);
    const missing = known === undefined ? name : columns.find((column) => !known.includes(column));
    if (missing !== undefined) {
      throw new AppError(
        "invalid_state",
        `The backup has ${known === undefined ? "a table" : `a column of ${name}`} that no migration creates: ${missing}.`,
      );
    }
    return this.#copy(`copy ${quoteName(name)} (${quoteNames(columns)}) from stdin`);
  }

  /** Begins to copy queued jobs. */
  copyJobs(): RowSink {
    return this.#copy("copy restored_job from stdin");
  }

  #copy(sql: string): RowSink {
    const stream = this.#client.query(copyFrom(sql));
    // A failure is reported by the write or the end that follows.
    stream.on("error", () => undefined);
    return {
      write: async (bytes) => {
        if (stream.errored !== null) {
          throw stream.errored;
        }
        if (!stream.write(bytes)) {
          await once(stream, "drain");
        }
      },
      end: async () => {
        if (stream.errored !== null) {
          throw stream.errored;
        }
        const finished = once(stream, "finish");
        stream.end();
        await finished;
        return stream.rowCount;
      },
    };
  }

  /** Sets the sequences, adds the jobs and lets triggers run again. */
  async finish(sequences: readonly Sequence[]): Promise<void> {
    for (const { name, value, isCalled } of sequences) {
      await this.#client.query("select setval($1::regclass, $2::bigint, $3)", [
        quoteName(name),
        value,
        isCalled,
      ]);
    }
    await this.#client.query(ADD_RESTORED_JOBS_SQL);
    await this.#setTriggers("enable");
  }

  /** Not those of foreign keys, which check the rows. */
  async #setTriggers(change: "enable" | "disable"): Promise<void> {
    for (const name of this.#columns.keys()) {
      await this.#client.query(`alter table ${quoteName(name)} ${change} trigger user`);
    }
  }
}
