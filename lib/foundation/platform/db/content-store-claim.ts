import "server-only";
import { createHash } from "node:crypto";
import pg from "pg";
import { AppError } from "#foundation/core/errors";
import {
  CONTENT_STORE_SPACE,
  LOCK_SPACE,
  LOCKS,
  SESSION_KEY_SPACE,
} from "#foundation/platform/db/advisory-locks";
import { db } from "#foundation/platform/db/client";
import { directDatabaseUrl } from "#foundation/platform/db/database-url";
import type { HeldSession } from "#foundation/platform/db/held-session";
import { holdSession } from "#foundation/platform/db/held-session";
import type { HostRow } from "#foundation/platform/db/other-hosts";
import { OTHER_HOSTS, hostOf, nameOfSession } from "#foundation/platform/db/other-hosts";
import { sessionKeyNumber } from "#foundation/platform/db/session-key-claim";
import { log } from "#foundation/platform/log";

export type ContentStoreIdentity = {
  /** Random, stored in the content store itself. */
  readonly id: string;
  /** As an administrator writes it. */
  readonly name: string;
};

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

async function join(identify: () => Promise<ContentStoreIdentity>): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: directDatabaseUrl(),
    application_name: nameOfSession(),
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
    for (const lock of [
      [CONTENT_STORE_SPACE, keyOf(store)],
      [SESSION_KEY_SPACE, sessionKeyNumber()],
    ]) {
      await client.query("select pg_advisory_lock_shared($1, $2)", lock);
    }
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
    throw new AppError(
      "conflict",
      `The server on ${hostOf(other)} uses this database with another content store than ${name}: set CONTENT_STORE on every host to the same shared directory or to the same bucket (s3://bucket/prefix).`,
    );
  }
}

/** A positive 31-bit key. */
function keyOf({ id }: ContentStoreIdentity): number {
  return createHash("sha256").update(id).digest().readUInt32BE() >>> 1;
}
