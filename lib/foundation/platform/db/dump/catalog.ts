import "server-only";
import type pg from "pg";
import type { Reference } from "#foundation/platform/db/dump/table-order";
import { orderTables } from "#foundation/platform/db/dump/table-order";

/** A table with its stored columns. Generated columns are not among them. */
export type DumpedTable = { readonly name: string; readonly columns: readonly string[] };

/** A partition of a partitioned table, with its bound as PostgreSQL writes it: `FOR VALUES FROM (…) TO (…)`. */
export type Partition = { readonly name: string; readonly parent: string; readonly bound: string };

export type Sequence = {
  readonly name: string;
  readonly value: string;
  readonly isCalled: boolean;
};

export type Catalog = {
  /** Every table comes after those that it refers to. */
  readonly tables: readonly DumpedTable[];
  readonly partitions: readonly Partition[];
};

const PUBLIC = "'public'::regnamespace";
const OF_NO_EXTENSION = `not exists (
  select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')`;

/**
 * The tables of the service, from the catalog of PostgreSQL, so that a new table needs no entry anywhere. A partitioned
 * table counts as one table.
 */
export async function readCatalog(client: pg.Client): Promise<Catalog> {
  const { rows: tables } = await client.query<{ name: string; columns: string[] }>(
    `select c.relname::text as name, array_agg(a.attname::text order by a.attnum) as columns
       from pg_class c join pg_attribute a on a.attrelid = c.oid
      where c.relnamespace = ${PUBLIC} and c.relkind in ('r', 'p') and not c.relispartition
        and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and ${OF_NO_EXTENSION}
      group by c.relname`,
  );
  const { rows: references } = await client.query<Reference>(
    `select source.relname::text as "from", target.relname::text as "to"
       from pg_constraint
       join pg_class source on source.oid = conrelid
       join pg_class target on target.oid = confrelid
      where contype = 'f' and conparentid = 0 and source.relnamespace = ${PUBLIC}`,
  );
  const { rows: partitions } = await client.query<Partition>(
    `select c.relname::text as name, parent.relname::text as parent,
            pg_get_expr(c.relpartbound, c.oid) as bound
       from pg_class c
       join pg_inherits on inhrelid = c.oid
       join pg_class parent on parent.oid = inhparent
      where c.relnamespace = ${PUBLIC} and c.relispartition and c.relkind = 'r'
      order by c.relname`,
  );
  const byName = new Map(tables.map((table) => [table.name, table]));
  const names = orderTables([...byName.keys()], references);
  return { tables: names.flatMap((name) => byName.get(name) ?? []), partitions };
}

/** The state of every sequence. Sequences are outside of transactions: they are never behind the rows. */
export async function readSequences(client: pg.Client): Promise<readonly Sequence[]> {
  const { rows: names } = await client.query<{ name: string }>(
    `select c.relname::text as name from pg_class c
      where c.relnamespace = ${PUBLIC} and c.relkind = 'S' and ${OF_NO_EXTENSION} order by 1`,
  );
  const sequences: Sequence[] = [];
  for (const { name } of names) {
    const { rows } = await client.query<{ value: string; called: boolean }>(
      `select last_value::text as value, is_called as called from ${quoteName(name)}`,
    );
    sequences.push(
      ...rows.map(({ value, called }) => ({ name, value, isCalled: called }) satisfies Sequence),
    );
  }
  return sequences;
}

/**
 * The settings of a connection that copies rows: the text of values does not depend on the server's configuration, and a
 * slow disk or pipe may make a statement take hours.
 */
export const TEXT_FORMAT_SQL = `
  set datestyle = 'ISO';
  set intervalstyle = 'postgres';
  set timezone = 'UTC';
  set bytea_output = 'hex';
  set extra_float_digits = 3;
  set statement_timeout = 0;
  set idle_in_transaction_session_timeout = 0`;

/** An SQL identifier. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function quoteNames(names: readonly string[]): string {
  return names.map(quoteName).join(", ");
}
