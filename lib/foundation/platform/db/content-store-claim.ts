import "server-only";
import { createHash } from "node:crypto";
import { hostname } from "node:os";
import pg from "pg";
import { AppError } from "#foundation/core/errors";
import { CONTENT_STORE_SPACE, LOCK_SPACE, LOCKS } from "#foundation/platform/db/advisory-locks";
import { db } from "#foundation/platform/db/client";
import { directDatabaseUrl } from "#foundation/platform/db/database-url";
import type { HeldSession } from "#foundation/platform/db/held-session";
import { holdSession } from "#foundation/platform/db/held-session";
import { log } from "#foundation/platform/log";

export type ContentStoreIdentity = {
  /** Random, stored in the content store itself. */
  readonly id: string;
  /** As an administrator writes it. */
  readonly name: string;
};

const HOST_PREFIX = "ucupdates host ";
const MAX_NAME_LENGTH = 63;

/**
 * Makes this host one of the hosts of the database. Throws `conflict` if a running host uses another content store:
 * neither would find the uploads and the firmware of the other. `identify` runs while no other host joins.
 */
export async function joinHosts(
  identify: () => Promise<ContentStoreIdentity>,
): Promise<HeldSession> {
  const identity: { value: ContentStoreIdentity | null } = { value: null };
  const first = await join(async () => (identity.value = await identify()));
  return holdSession(first, async () => {
    try {
      // The store cannot change while this process runs, and object storage may be away.
      return await join(() => Promise.resolve(identity.value ?? identify()));
    } catch (error) {
      if (error instanceof AppError && error.code === "conflict") {
        log().error({ err: error }, "this host cannot join the hosts of the database again");
      }
      throw error;
    }
  });
}

/** Throws `conflict` if a running host uses another content store. */
export async function requireSharedContentStore(store: ContentStoreIdentity): Promise<void> {
  const rows = await db.$queryRawUnsafe<HostRow[]>(OTHER_HOSTS, CONTENT_STORE_SPACE, keyOf(store));
  refuseOthers(rows, store);
}

type HostRow = { readonly name: string | null };

const OTHER_HOSTS = `
  select activity.application_name as name from pg_locks held
    join pg_stat_activity activity using (pid)
    where held.locktype = 'advisory' and held.granted and held.objsubid = 2
      and held.database = (select oid from pg_database where datname = current_database())
      and held.classid::bigint = $1::bigint and held.objid::bigint <> $2::bigint`;

async function join(identify: () => Promise<ContentStoreIdentity>): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: directDatabaseUrl(),
    application_name: `${HOST_PREFIX}${hostname()}`.slice(0, MAX_NAME_LENGTH),
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  });
  client.on("error", () => undefined);
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1, $2)", [LOCK_SPACE, LOCKS.joining]);
    const store = await identify();
    const { rows } = await client.query<HostRow>(OTHER_HOSTS, [CONTENT_STORE_SPACE, keyOf(store)]);
    refuseOthers(rows, store);
    await client.query("select pg_advisory_lock_shared($1, $2)", [
      CONTENT_STORE_SPACE,
      keyOf(store),
    ]);
    await client.query("select pg_advisory_unlock($1, $2)", [LOCK_SPACE, LOCKS.joining]);
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}

function refuseOthers(rows: readonly HostRow[], { name }: ContentStoreIdentity): void {
  const [other] = rows;
  if (other !== undefined) {
    const host = other.name?.slice(HOST_PREFIX.length) ?? "another host";
    throw new AppError(
      "conflict",
      `The server on ${host} uses this database with another content store than ${name}: set CONTENT_STORE on every host to the same shared directory or to the same bucket (s3://bucket/prefix).`,
    );
  }
}

/** A positive 31-bit key. */
function keyOf({ id }: ContentStoreIdentity): number {
  return createHash("sha256").update(id).digest().readUInt32BE() >>> 1;
}
