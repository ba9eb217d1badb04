import "server-only";
import type { Buffer } from "node:buffer";
import { isDeepStrictEqual } from "node:util";
import pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import { CHECK_DAYS_LOCK } from "#foundation/platform/db/advisory-locks";
import { databaseUrl } from "#foundation/platform/db/database-url";
import type { Catalog, DumpedTable, Sequence } from "#foundation/platform/db/dump/catalog";
import {
  TEXT_FORMAT_SQL,
  quoteName,
  quoteNames,
  readCatalog,
  readSequences,
} from "#foundation/platform/db/dump/catalog";
import { QUEUED_JOBS_SQL } from "#foundation/platform/db/dump/queued-jobs";

/** All rows at one instant, while other processes change them. */
export type RowSnapshot = Catalog & {
  readonly sequences: readonly Sequence[];
  readonly countRows: (table: DumpedTable) => Promise<number>;
  /** The rows in the text format of `COPY`, in pieces that may end within a row. */
  readonly copyRows: (table: DumpedTable) => AsyncIterable<Buffer>;
  /** The queued jobs, in the text format of `COPY`. */
  readonly copyJobs: () => AsyncIterable<Buffer>;
  /** Reads a long result in parts, without holding all of it. */
  readonly select: <Row extends pg.QueryResultRow>(sql: string) => AsyncGenerator<Row>;
};

const CONNECT_TIMEOUT_MS = 5_000;
const ROWS_PER_FETCH = 500;
const MAX_ATTEMPTS = 5;

/**
 * Runs `work` on a snapshot of the database. Locks every table against changes of its structure only: rows are read and
 * written by others as usual.
 */
export async function withSnapshot<T>(work: (snapshot: RowSnapshot) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: databaseUrl(),
    application_name: "ucupdates backup",
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
  });
  // The query in progress receives the error too.
  client.on("error", () => undefined);
  await client.connect();
  try {
    await client.query(TEXT_FORMAT_SQL);
    // Dropping an old day would wait for this snapshot, and new checks would wait for the drop. With this lock, the drop
    // waits before it locks anything.
    await client.query("select pg_advisory_lock_shared(hashtext($1))", [CHECK_DAYS_LOCK]);
    return await work(await openSnapshot(client));
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function openSnapshot(client: pg.Client): Promise<RowSnapshot> {
  for (let attempt = 1; ; attempt += 1) {
    const listed = await readCatalog(client);
    await client.query("begin isolation level repeatable read read only");
    // The first SELECT takes the snapshot, so the locks come before it.
    if (listed.tables.length > 0) {
      const names = quoteNames(listed.tables.map(({ name }) => name));
      await client.query(`lock table ${names} in access share mode`);
    }
    const catalog = await readCatalog(client);
    if (isDeepStrictEqual(catalog, listed) || attempt === MAX_ATTEMPTS) {
      return toSnapshot(client, catalog, await readSequences(client));
    }
    // A table or a partition was created or dropped between the two readings.
    await client.query("rollback");
  }
}

function toSnapshot(
  client: pg.Client,
  catalog: Catalog,
  sequences: readonly Sequence[],
): RowSnapshot {
  return {
    ...catalog,
    sequences,
    countRows: async ({ name }) => {
      const { rows } = await client.query<{ count: string }>(
        `select count(*) as count from ${quoteName(name)}`,
      );
      return Number(rows[0]?.count);
    },
    // A partitioned table can be copied only as a query.
    copyRows: ({ name, columns }) =>
      client.query(
        copyTo(`copy (select ${quoteNames(columns)} from ${quoteName(name)}) to stdout`),
      ),
    copyJobs: () => client.query(copyTo(`copy (${QUEUED_JOBS_SQL}) to stdout`)),
    select: (sql) => fetchAll(client, sql),
  };
}

async function* fetchAll<Row extends pg.QueryResultRow>(
  client: pg.Client,
  sql: string,
): AsyncGenerator<Row> {
  await client.query(`declare part no scroll cursor for ${sql}`);
  for (;;) {
    const { rows } = await client.query<Row>(`fetch ${ROWS_PER_FETCH} from part`);
    yield* rows;
    if (rows.length < ROWS_PER_FETCH) {
      await client.query("close part");
      return;
    }
  }
}
