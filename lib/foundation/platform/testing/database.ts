import { Prisma } from "#generated/client";
import { db } from "#foundation/platform/db/client";

/**
 * Empties these tables and every table that refers to them, and restarts their identities. Without a name: every table
 * and the job queue.
 *
 * TRUNCATE would create some 150 files anew, which takes a hundred times longer than deleting the few rows of a test.
 * Like TRUNCATE, this waits for transactions that still write, and runs no trigger: the append-only tables refuse
 * DELETE.
 */
export async function emptyTables(...tables: readonly Prisma.ModelName[]): Promise<void> {
  const chosen = tables.length === 0 ? Object.values(Prisma.ModelName) : tables;
  const names = chosen.map((table) => `"${table}"`);
  const jobs = tables.length === 0 ? ["graphile_worker._private_jobs"] : [];
  const emptied = [...names, ...jobs].map((name) => `'${name}'::regclass`).join(", ");
  await db.$executeRawUnsafe(`do $$
    declare
      emptied regclass[];
      emptied_table regclass;
    begin
      set local session_replication_role = replica;
      with recursive referring as (
        -- Views have no rows of their own.
        select oid as id from pg_class where oid = any (array[${emptied}]) and relkind <> 'v'
        union
        select conrelid from pg_constraint join referring on confrelid = id
          where contype = 'f' and conparentid = 0
      )
      select array_agg(id::regclass) into emptied from referring;
      execute 'lock table ' || array_to_string(emptied, ', ') || ' in access exclusive mode';
      foreach emptied_table in array emptied loop
        execute 'delete from ' || emptied_table;
      end loop;
      perform setval(objid::regclass, 1, false) from pg_depend
        join pg_sequence on seqrelid = objid
        where classid = 'pg_class'::regclass and deptype in ('a', 'i')
          and refobjid = any (emptied::oid[]);
    end $$`);
}
