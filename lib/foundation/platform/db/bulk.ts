import "server-only";
import type { Buffer } from "node:buffer";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { directDatabaseUrl } from "#foundation/platform/db/database-url";

/** The operations inside a bulk transaction. */
export type BulkTransaction = {
  /** Resolves to the number of rows found or changed. */
  readonly run: (sql: string) => Promise<number>;
  /** `COPY … FROM STDIN` with all of its data. */
  readonly copy: (sql: string, data: Buffer) => Promise<void>;
};

export type BulkConnection = {
  /** Commits what `work` did, or nothing of it. One transaction at a time. */
  readonly inTransaction: (work: (tx: BulkTransaction) => Promise<void>) => Promise<void>;
  readonly close: () => Promise<void>;
};

const CONNECT_TIMEOUT_MS = 5_000;
const STATEMENT_TIMEOUT_MS = 60_000;
/** Longer than the statement timeout: for a connection whose peer disappeared without closing it. */
const ANSWER_TIMEOUT_MS = 70_000;
const CLOSE_TIMEOUT_MS = 1_000;

/**
 * A separate connection for writing batches with `COPY`, which Prisma does not support. `COPY` costs PostgreSQL a third
 * of what the same rows cost as parameters. It connects on first use, and reconnects after a failure.
 */
export function bulkConnection(): BulkConnection {
  let open: pg.Client | null = null;
  const drop = async (): Promise<void> => {
    const client = open;
    open = null;
    if (client !== null) {
      await end(client);
    }
  };
  const forget = (broken: pg.Client): void => {
    open = open === broken ? null : open;
  };
  return {
    inTransaction: async (work) => {
      const client = (open ??= await connect(forget));
      try {
        await client.query("begin");
        await work(toTransaction(client));
        await client.query("commit");
      } catch (error) {
        // The state of the connection is unknown. PostgreSQL rolls back when it closes; the next batch uses a new
        // connection.
        await drop();
        throw error;
      }
    },
    close: drop,
  };
}

/** Closes the connection, but waits only for a moment: a peer that disappeared does not respond to the close either. */
async function end(client: pg.Client): Promise<void> {
  const closing = new AbortController();
  await Promise.race([
    client.end().catch(() => undefined),
    delay(CLOSE_TIMEOUT_MS, undefined, { signal: closing.signal }).catch(() => undefined),
  ]);
  closing.abort();
}

/** Direct: the temporary tables of a batch stay with its connection. */
async function connect(onBroken: (client: pg.Client) => void): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: directDatabaseUrl(),
    application_name: "ucupdates recorder",
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    query_timeout: ANSWER_TIMEOUT_MS,
    keepAlive: true,
  });
  // The caller of a query receives the error too. Without a query in progress, it is enough not to use the connection
  // again.
  client.on("error", () => {
    onBroken(client);
  });
  await client.connect();
  return client;
}

function toTransaction(client: pg.Client): BulkTransaction {
  return {
    run: async (sql) => {
      const { rowCount } = await client.query(sql);
      return rowCount ?? 0;
    },
    copy: (sql, data) =>
      new Promise((resolve, reject) => {
        const stream = client.query(copyFrom(sql));
        stream.on("finish", resolve);
        stream.on("error", reject);
        stream.end(data);
      }),
  };
}
