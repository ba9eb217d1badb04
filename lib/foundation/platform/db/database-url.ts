import "server-only";
import { AppError } from "#foundation/core/errors";
import { urlOfRunningEmbedded } from "#foundation/platform/db/embedded-paths";
import { env } from "#foundation/platform/env";
import { oncePerProcess } from "#foundation/platform/once-per-process";

type Holder = { url: string | null };

function holder(): Holder {
  return oncePerProcess<Holder>("database-url", () => ({ url: null }));
}

/** Called by `openDatabase`, which knows the port of the embedded PostgreSQL. */
export function setDatabaseUrl(url: string | null): void {
  holder().url = url;
}

/**
 * The database of this process: the one that `openDatabase` opened, else `DATABASE_URL`, else the embedded PostgreSQL
 * that another process runs in the data directory (so that `next dev` works beside a running server).
 */
export function databaseUrl(): string {
  const { DATABASE_URL, DATA_DIRECTORY } = env();
  const url = holder().url ?? DATABASE_URL ?? urlOfRunningEmbedded(DATA_DIRECTORY);
  if (url === null) {
    throw new AppError("unavailable", 'The database is not running: start it with "npm start".');
  }
  return url;
}

/** The address for what needs a session of its own: LISTEN, session locks, migrations, the job queue. */
export function directDatabaseUrl(): string {
  const { DATABASE_DIRECT_URL } = env();
  return isDatabasePooled() && DATABASE_DIRECT_URL !== undefined
    ? DATABASE_DIRECT_URL
    : databaseUrl();
}

/** Whether queries go through a pooler, so that a connection may belong to another process after each transaction. */
export function isDatabasePooled(): boolean {
  const { DATABASE_URL, DATABASE_DIRECT_URL } = env();
  return DATABASE_URL !== undefined && DATABASE_DIRECT_URL !== undefined;
}
