import { hostname } from "node:os";

const HOST_PREFIX = "ucupdates host ";
const MAX_NAME_LENGTH = 63;

export type HostRow = { readonly name: string | null };

/**
 * Finds the hosts that hold a lock of a space ($1) with another number ($2): what all hosts of a database must have in
 * common has such a lock, and a host holds it while it runs.
 */
export const OTHER_HOSTS = `
  select activity.application_name as name from pg_locks held
    join pg_stat_activity activity using (pid)
    where held.locktype = 'advisory' and held.granted and held.objsubid = 2
      and held.database = (select oid from pg_database where datname = current_database())
      and held.classid::bigint = $1::bigint and held.objid::bigint <> $2::bigint`;

/** The name of the session that holds the locks of this host. */
export function nameOfSession(): string {
  return `${HOST_PREFIX}${hostname()}`.slice(0, MAX_NAME_LENGTH);
}

export function hostOf({ name }: HostRow): string {
  return name?.slice(HOST_PREFIX.length) ?? "another host";
}
