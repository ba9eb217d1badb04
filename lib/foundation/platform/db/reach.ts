import "server-only";
import pg from "pg";
import { AppError } from "#foundation/core/errors";
import { setDatabaseUrl } from "#foundation/platform/db/database-url";
import { openEmbedded } from "#foundation/platform/db/embedded";
import { passesNotifications } from "#foundation/platform/db/passes-notifications";
import { causesOf } from "#foundation/platform/db/unavailable";
import { env } from "#foundation/platform/env";

export type ReachedDatabase = {
  readonly url: string;
  readonly isEmbedded: boolean;
  /** Stops the embedded PostgreSQL if no other process uses it. */
  readonly close: () => Promise<void>;
};

const OLDEST_VERSION = 15;

/**
 * Makes the database of this process available, without the client that reads and writes it: `DATABASE_URL`, else the
 * embedded PostgreSQL, which is started. Every failure becomes an `unavailable` error whose message says what to do.
 */
export async function reachDatabase(): Promise<ReachedDatabase> {
  const { DATABASE_URL, DATABASE_DIRECT_URL, DATA_DIRECTORY } = env();
  const embedded =
    DATABASE_URL === undefined ? await openEmbedded({ dataDirectory: DATA_DIRECTORY }) : null;
  const url = embedded?.url ?? DATABASE_URL ?? "";
  if (embedded === null) {
    await checkServers(url, DATABASE_DIRECT_URL);
  }
  setDatabaseUrl(url);
  return {
    url,
    isEmbedded: embedded !== null,
    close: async () => {
      setDatabaseUrl(null);
      await embedded?.close();
    },
  };
}

async function checkServers(url: string, directUrl: string | undefined): Promise<void> {
  const pooled = { url, setting: "DATABASE_URL" };
  const direct =
    directUrl === undefined ? pooled : { url: directUrl, setting: "DATABASE_DIRECT_URL" };
  await checkServer(pooled);
  if (direct !== pooled) {
    await checkServer(direct);
  }
  const passes = await passesNotifications({ from: url, to: direct.url }).catch(
    (error: unknown) => {
      throw new AppError("unavailable", toSentence(error, direct), { cause: error });
    },
  );
  if (!passes) {
    throw new AppError(
      "unavailable",
      directUrl === undefined
        ? "DATABASE_URL leads through a pooler that does not keep sessions, such as PgBouncer in transaction mode: set DATABASE_DIRECT_URL to the address of PostgreSQL itself."
        : "DATABASE_DIRECT_URL does not receive what is sent through DATABASE_URL: set it to the address of the same PostgreSQL database, without a pooler.",
    );
  }
}

type Address = { readonly url: string; readonly setting: string };

/** Throws if the server cannot be reached, refuses the login, is too old, or is a standby. */
async function checkServer({ url, setting }: Address): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ number: string; isStandby: boolean }>(
      `select current_setting('server_version_num') as number, pg_is_in_recovery() as "isStandby"`,
    );
    const version = Math.floor(Number(rows[0]?.number) / 10_000);
    if (version < OLDEST_VERSION) {
      throw new AppError(
        "unavailable",
        `${setting} leads to PostgreSQL ${version}, which is too old: use version ${OLDEST_VERSION} or later.`,
      );
    }
    if (rows[0]?.isStandby === true) {
      throw new AppError(
        "unavailable",
        `${setting} leads to a standby, which accepts no changes: let it lead to the primary, or promote the standby.`,
      );
    }
  } catch (error) {
    throw error instanceof AppError
      ? error
      : new AppError("unavailable", toSentence(error, { url, setting }), { cause: error });
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
  "25006": "is a standby, which accepts no changes: let DATABASE_URL lead to the primary",
  "57P03": "is starting or stopping: try again",
};

function toSentence(error: unknown, { url, setting }: Address): string {
  const { host } = new URL(url);
  const codes = causesOf(error).map((cause) =>
    typeof cause === "object" && cause !== null ? String(Reflect.get(cause, "code")) : "",
  );
  const refusal = codes.map((code) => REFUSALS[code]).find((text) => text !== undefined);
  if (refusal !== undefined) {
    return `The PostgreSQL server at ${host} ${refusal.replace("DATABASE_URL", setting)}.`;
  }
  const reason = codes.find((code) => /^E[A-Z_]+$/.test(code)) ?? messageOf(error);
  return `The PostgreSQL server at ${host} cannot be reached (${reason}): start it, correct ${setting}, or unset DATABASE_URL to use the built-in one.`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
