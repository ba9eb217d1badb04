import "server-only";
import type { Buffer } from "node:buffer";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { databaseUrl } from "#foundation/platform/db/database-url";

/** What a bulk transaction may do. */
export type BulkTransaction = {
  /** Resolves to the number of rows that it found or changed. */
  readonly run: (sql: string) => Promise<number>;
  /** `COPY … FROM STDIN`, with all of its data. */
  readonly copy: (sql: string, data: Buffer) => Promise<void>;
};

export type BulkConnection = {
  /** Commits what `work` did, or nothing of it. One at a time. */
  readonly inTransaction: (work: (tx: BulkTransaction) => Promise<void>) => Promise<void>;
  readonly close: () => Promise<void>;
};

const CONNECT_TIMEOUT_MS = 5_000;
const STATEMENT_TIMEOUT_MS = 60_000;
/** Longer than a statement may take: for a connection whose other end vanished without a word. */
const ANSWER_TIMEOUT_MS = 70_000;
const FAREWELL_MS = 1_000;

/**
 * A connection of its own for writing batches with `COPY`, which Prisma cannot speak and which costs PostgreSQL a third
 * of what the same rows do as parameters. It connects when it is first used, and again after it broke.
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
        // Whatever state it is in: the next batch begins on a new one, and this one's transaction ends with it.
        await drop();
        throw error;
      }
    },
    close: drop,
  };
}

/** The other end may have vanished without a word, and then says nothing to a farewell either. */
async function end(client: pg.Client): Promise<void> {
  const farewell = new AbortController();
  await Promise.race([
    client.end().catch(() => undefined),
    delay(FAREWELL_MS, undefined, { signal: farewell.signal }).catch(() => undefined),
  ]);
  farewell.abort();
}

async function connect(onBroken: (client: pg.Client) => void): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: databaseUrl(),
    application_name: "ucupdates recorder",
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    query_timeout: ANSWER_TIMEOUT_MS,
    keepAlive: true,
  });
  // Whoever uses it gets the error too; while nobody does, it is only not to be used again.
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
