import "server-only";
import pg from "pg";
import { AppError } from "#foundation/core/errors";
import { db } from "#foundation/platform/db/client";
import { setDatabaseUrl } from "#foundation/platform/db/database-url";
import { openEmbedded } from "#foundation/platform/db/embedded";
import type { MigrateOptions } from "#foundation/platform/db/migrate";
import { migrateDatabase } from "#foundation/platform/db/migrate";
import { causesOf } from "#foundation/platform/db/unavailable";
import { env } from "#foundation/platform/env";

export type OpenDatabase = {
  readonly isEmbedded: boolean;
  /** The migrations that this start applied. */
  readonly appliedMigrations: readonly string[];
  /** Closes the connections, and stops the embedded PostgreSQL if no other process uses it. */
  readonly close: () => Promise<void>;
};

export type OpenDatabaseOptions = {
  /** False: leaves the schema unchanged, for a restore, which brings its own. */
  readonly isMigrated?: boolean;
  /** Called before an embedded database that has data is migrated. A database of its own has its own backups. */
  readonly beforeMigration?: MigrateOptions["beforeMigration"];
};

const OLDEST_VERSION = 15;

/**
 * Opens and migrates the database of this process: `DATABASE_URL`, else the embedded PostgreSQL. Server and commands
 * start with it. Every failure becomes an `unavailable` error whose message says what to do.
 */
export async function openDatabase(options: OpenDatabaseOptions = {}): Promise<OpenDatabase> {
  const { DATABASE_URL, DATA_DIRECTORY } = env();
  const embedded =
    DATABASE_URL === undefined ? await openEmbedded({ dataDirectory: DATA_DIRECTORY }) : null;
  const url = embedded?.url ?? DATABASE_URL ?? "";
  const close = async (): Promise<void> => {
    await db.$disconnect();
    setDatabaseUrl(null);
    await embedded?.close();
  };
  try {
    if (embedded === null) {
      await checkServer(url);
    }
    setDatabaseUrl(url);
    return {
      isEmbedded: embedded !== null,
      appliedMigrations: await migrate(url, options, embedded !== null),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function migrate(
  url: string,
  { isMigrated = true, beforeMigration }: OpenDatabaseOptions,
  isEmbedded: boolean,
): Promise<readonly string[]> {
  if (!isMigrated) {
    return [];
  }
  return migrateDatabase(
    url,
    isEmbedded && beforeMigration !== undefined ? { beforeMigration } : {},
  );
}

/** Throws if the server cannot be reached, refuses the login, or is too old. */
async function checkServer(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ number: string }>(
      "select current_setting('server_version_num') as number",
    );
    const version = Math.floor(Number(rows[0]?.number) / 10_000);
    if (version < OLDEST_VERSION) {
      throw new AppError(
        "unavailable",
        `DATABASE_URL leads to PostgreSQL ${version}, which is too old: use version ${OLDEST_VERSION} or later.`,
      );
    }
  } catch (error) {
    throw error instanceof AppError
      ? error
      : new AppError("unavailable", toSentence(error, url), { cause: error });
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** By SQLSTATE (PostgreSQL manual, appendix A). */
const REFUSALS: Readonly<Record<string, string>> = {
  "28P01": "refuses the user or the password: correct DATABASE_URL",
  "28000": "refuses the user: allow it in pg_hba.conf, or correct DATABASE_URL",
  "3D000": "has no database of that name: create it, or correct DATABASE_URL",
  "53300": "has no connection left: raise max_connections, or close other programs",
  "57P03": "is starting or stopping: try again",
};

function toSentence(error: unknown, url: string): string {
  const { host } = new URL(url);
  const codes = causesOf(error).map((cause) =>
    typeof cause === "object" && cause !== null ? String(Reflect.get(cause, "code")) : "",
  );
  const refusal = codes.map((code) => REFUSALS[code]).find((text) => text !== undefined);
  if (refusal !== undefined) {
    return `The PostgreSQL server at ${host} ${refusal}.`;
  }
  const reason = codes.find((code) => /^E[A-Z_]+$/.test(code)) ?? messageOf(error);
  return `The PostgreSQL server at ${host} cannot be reached (${reason}): start it, correct DATABASE_URL, or unset DATABASE_URL to use the built-in one.`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
