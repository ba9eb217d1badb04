import "server-only";
import { rm, statfs, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { AppError } from "#foundation/core/errors";
import { directDatabaseUrl } from "#foundation/platform/db/database-url";
import type { HeldSession } from "#foundation/platform/db/held-session";
import { holdSession } from "#foundation/platform/db/held-session";
import { explainUnwritable } from "#foundation/platform/explain-unwritable";
import { readOrCreateId } from "#foundation/platform/instance-id";
import { makeDirectory } from "#foundation/platform/make-directory";
import { tightenPermissions } from "#foundation/platform/tighten-permissions";

const MIB = 1024 ** 2;
/** With less free space, PostgreSQL may fail to start. */
const MIN_FREE_BYTES = 64 * MIB;
/** How long PostgreSQL may take to notice that the previous owner of the claim has ended. */
const CLAIM_TIMEOUT_MS = 3_000;
const RETRY_MS = 200;

/** No access for other accounts to files that this process creates without an explicit mode. */
const PRIVATE_UMASK = 0o077;

/**
 * Creates the data directory if it is missing, removes other accounts' access to it, and verifies that it can be
 * written to and has free space. Files that this process creates afterwards are closed to other accounts too.
 */
export async function prepareDataDirectory(directory: string): Promise<void> {
  const probe = join(directory, `.probe-${process.pid}`);
  process.umask(PRIVATE_UMASK);
  try {
    await makeDirectory(directory);
    await tightenPermissions(directory);
    await writeFile(probe, Buffer.alloc(4096));
  } catch (error) {
    throw new AppError("unavailable", explainUnwritable(directory, error), { cause: error });
  } finally {
    await rm(probe, { force: true }).catch(() => undefined);
  }
  const { bavail, bsize } = await statfs(directory);
  requireFreeSpace(directory, bavail * bsize);
}

export function requireFreeSpace(directory: string, freeBytes: number): void {
  if (freeBytes < MIN_FREE_BYTES) {
    throw new AppError(
      "unavailable",
      `The disk that holds ${directory} is full (${Math.floor(freeBytes / MIB)} MiB are free): free at least ${MIN_FREE_BYTES / MIB} MiB and start again.`,
    );
  }
}

/**
 * Makes this process the only server of its data directory. The claim is a lock in the database, which PostgreSQL
 * releases when the process ends in any way; a file with a process id would survive a power cut.
 */
export async function claimDataDirectory(directory: string): Promise<HeldSession> {
  const id = await readOrCreateId(directory);
  const deadline = performance.now() + CLAIM_TIMEOUT_MS;
  for (;;) {
    const client = await tryClaim(id);
    if (client !== null) {
      return holdSession(client, () => tryClaim(id));
    }
    if (performance.now() >= deadline) {
      throw new AppError(
        "conflict",
        `Another ucupdates server already uses the data directory ${directory}: stop that one, or give this one another DATA_DIRECTORY.`,
      );
    }
    await delay(RETRY_MS);
  }
}

async function tryClaim(id: string): Promise<pg.Client | null> {
  const client = new pg.Client({
    connectionString: directDatabaseUrl(),
    application_name: "ucupdates server",
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  });
  client.on("error", () => undefined);
  await client.connect();
  const { rows } = await client.query<{ claimed: boolean }>(
    "select pg_try_advisory_lock(hashtextextended($1, 0)) as claimed",
    [id],
  );
  if (rows[0]?.claimed === true) {
    return client;
  }
  await client.end();
  return null;
}
