import "server-only";
import { PrismaPg } from "@prisma/adapter-pg";
import type { SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import { PrismaClient } from "#generated/client";
import type { Prisma } from "#generated/client";
import { AppError } from "#foundation/core/errors";
import { runAfterCommit } from "#foundation/platform/db/after-commit";
import { databaseUrl, isDatabasePooled } from "#foundation/platform/db/database-url";
import { queriesInTurn } from "#foundation/platform/db/queries-in-turn";
import { repeatReads } from "#foundation/platform/db/repeat-reads";
import { causesOf, isTransactionError } from "#foundation/platform/db/unavailable";
import { log } from "#foundation/platform/log";
import { oncePerProcess } from "#foundation/platform/once-per-process";

/** The first parameter of a store function, which works outside and inside a transaction. */
export type Db = PrismaClient | Prisma.TransactionClient;

export type TransactionOptions = {
  readonly isolation?: Prisma.TransactionIsolationLevel;
  /** For the rare transaction that writes a whole batch. */
  readonly timeoutMs?: number;
};

/** The default of the driver. */
const DEFAULT_CONNECTIONS = 10;
const CONNECT_TIMEOUT_MS = 5_000;
const STATEMENT_TIMEOUT_MS = 60_000;
const ANSWER_WITHIN_MS = 5_000;
/** How long a transaction waits for a connection. */
const TRANSACTION_WAIT_MS = 5_000;
const TRANSACTION_TIMEOUT_MS = 30_000;
const BUSY_RETRY_SECONDS = 5;

/**
 * PostgreSQL aborted one of two transactions that wanted the same rows: serialization failure, deadlock, and Prisma's
 * code for both.
 */
const LOST_RACE_CODES: ReadonlySet<unknown> = new Set(["40001", "40P01", "P2034"]);

/** The only client of this process. It connects on first use, so importing this module needs no database. */
export const db: PrismaClient = oncePerProcess("prisma", () => {
  const adapter: SqlMigrationAwareDriverAdapterFactory = {
    provider: "postgres",
    adapterName: "@prisma/adapter-pg",
    connect: async () => queriesInTurn(repeatReads(await pgAdapter().connect())),
    connectToShadowDb: () => pgAdapter().connectToShadowDb(),
  };
  return new PrismaClient({ adapter });
});

/** How many connections the client of this process opens at most. Set before its first use. */
export function limitConnections(max: number): void {
  connectionLimit().max = max;
}

/** For a start, which is slow on a busy machine and which no request waits for. */
export function waitForTransactions(milliseconds: number): void {
  transactionWait().milliseconds = milliseconds;
}

function transactionWait(): { milliseconds: number } {
  return oncePerProcess("wait for transactions", () => ({ milliseconds: TRANSACTION_WAIT_MS }));
}

function connectionLimit(): { max: number } {
  return oncePerProcess("database connections", () => ({ max: DEFAULT_CONNECTIONS }));
}

function pgAdapter(): PrismaPg {
  return new PrismaPg(
    {
      max: connectionLimit().max,
      connectionString: databaseUrl(),
      application_name: "ucupdates",
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      // A pooler refuses parameters of a session.
      ...(isDatabasePooled() ? {} : { statement_timeout: STATEMENT_TIMEOUT_MS }),
      // A frozen server ends no statement.
      query_timeout: STATEMENT_TIMEOUT_MS + ANSWER_WITHIN_MS,
      keepAlive: true,
    },
    {
      // The pool replaces a broken connection itself; the query that used it received the error too.
      onPoolError: (error) => {
        log().warn({ err: error }, "a database connection broke");
      },
    },
  );
}

/**
 * Commits what `work` did, or nothing of it, then runs its `afterCommit` tasks. Throws `conflict` after losing a race
 * against another transaction, and `unavailable` if no connection becomes free in time.
 */
export async function inTransaction<T>(
  work: (tx: Prisma.TransactionClient) => Promise<T>,
  options: TransactionOptions = {},
): Promise<T> {
  const { tx, result } = await inPrismaTransaction(
    async (own) => ({ tx: own, result: await work(own) }),
    options,
  );
  await runAfterCommit(tx);
  return result;
}

async function inPrismaTransaction<T>(
  work: (tx: Prisma.TransactionClient) => Promise<T>,
  { isolation, timeoutMs = TRANSACTION_TIMEOUT_MS }: TransactionOptions,
): Promise<T> {
  const progress = { isBegun: false };
  try {
    return await db.$transaction(
      (tx) => {
        progress.isBegun = true;
        return work(tx);
      },
      {
        maxWait: transactionWait().milliseconds,
        timeout: timeoutMs,
        ...(isolation === undefined ? {} : { isolationLevel: isolation }),
      },
    );
  } catch (error) {
    if (!progress.isBegun && causesOf(error).some(isTransactionError)) {
      throw new AppError("unavailable", "The database is too busy to begin a transaction.", {
        cause: error,
        retryAfterSeconds: BUSY_RETRY_SECONDS,
      });
    }
    if (causesOf(error).some(isLostRace)) {
      throw new AppError("conflict", "Another request changed this at the same time; retry.", {
        cause: error,
      });
    }
    throw error;
  }
}

function isLostRace(error: unknown): boolean {
  return (
    typeof error === "object" &&
    error !== null &&
    (LOST_RACE_CODES.has(Reflect.get(error, "code")) ||
      LOST_RACE_CODES.has(Reflect.get(error, "originalCode")))
  );
}
