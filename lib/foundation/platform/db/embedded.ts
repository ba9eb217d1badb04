import "server-only";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { AppError } from "#foundation/core/errors";
import { LOCK_SPACE, LOCKS } from "#foundation/platform/db/advisory-locks";
import {
  choosePort,
  createCluster,
  isCreated,
  isPostmasterOf,
  startCluster,
  stopCluster,
} from "#foundation/platform/db/cluster";
import type { Cluster } from "#foundation/platform/db/cluster";
import { findDatabaseAccount } from "#foundation/platform/db/database-account";
import { findBinaries } from "#foundation/platform/db/embedded-binaries";
import {
  DATABASE_NAME,
  embeddedPaths,
  embeddedUrl,
  readPassword,
  readPostmaster,
} from "#foundation/platform/db/embedded-paths";
import { log } from "#foundation/platform/log";
import { errorCode } from "#foundation/core/error-code";
import { isProcessAlive } from "#foundation/platform/process-alive";

export type EmbeddedDatabase = {
  readonly url: string;
  /** Leaves; whoever leaves last stops PostgreSQL. */
  readonly close: () => Promise<void>;
};

export type EmbeddedOptions = {
  readonly dataDirectory: string;
  /** For tests: faster, and lost in a power cut. */
  readonly isThrowaway?: boolean;
};

const OPEN_TIMEOUT_MS = 120_000;
const RETRY_MS = 100;
const REOPEN_MS = 1_000;

const FAREWELL_TIMEOUT_MS = 5_000;
/** Followed by the process number. */
const PRESENCE_NAME = "ucupdates presence ";

const THERE_IS_NO_SUCH_DATABASE = "3D000";
const DUPLICATE_DATABASE = "42P04";

/**
 * The PostgreSQL of a data directory: joined if it runs, else started, made before that if it is the first time.
 * Server and commands share it. Every user of it holds a shared lock on one connection for as long as it stays; the
 * lock ends with the process however that ends, so nobody has to be trusted to say goodbye.
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const cluster = await findCluster(options.dataDirectory);
  if (!(await isCreated(cluster))) {
    await createCluster(cluster, options.isThrowaway ?? false);
  }
  let presence = await enter(cluster);
  let isClosing = false;
  const url = presence.url;

  const watch = (): void => {
    presence.client.once("end", () => {
      if (!isClosing) {
        log().error("the built-in PostgreSQL went away; it is started again");
        void comeBack();
      }
    });
  };
  // Connections come back by themselves, but only if PostgreSQL does: nobody else would start it.
  const comeBack = async (): Promise<void> => {
    for (;;) {
      await delay(REOPEN_MS, undefined, { ref: false });
      if (isClosing) {
        return;
      }
      try {
        presence = await enter(cluster);
        watch();
        return;
      } catch (error) {
        log().error({ err: error }, "the built-in PostgreSQL did not come back");
      }
    }
  };
  watch();

  return {
    url,
    close: async () => {
      if (!isClosing) {
        isClosing = true;
        await leave(cluster, presence.client);
      }
    },
  };
}

async function findCluster(dataDirectory: string): Promise<Cluster> {
  const paths = embeddedPaths(dataDirectory);
  const binaries = await findBinaries();
  const account = await findDatabaseAccount(paths.cluster, [
    binaries.pgCtl,
    join(dataDirectory, "postgres"),
  ]);
  return { paths, binaries, account };
}

type Presence = { readonly url: string; readonly client: pg.Client };

async function enter(cluster: Cluster): Promise<Presence> {
  const deadline = Date.now() + OPEN_TIMEOUT_MS;
  let lastError: unknown;
  while (Date.now() < deadline) {
    try {
      const port = await startOrJoin(cluster);
      if (port !== null) {
        return await takePresence(cluster, port);
      }
    } catch (error) {
      if (error instanceof AppError) {
        throw error;
      }
      // It is just starting, or whoever was last is just stopping it: look again.
      lastError = error;
    }
    await delay(RETRY_MS);
  }
  throw new AppError(
    "unavailable",
    `The built-in PostgreSQL does not answer: see ${cluster.paths.logFile}.`,
    { cause: lastError },
  );
}

/** The port, or null when things are in motion and the caller has to look again. */
async function startOrJoin(cluster: Cluster): Promise<number | null> {
  const postmaster = readPostmaster(cluster.paths);
  if (postmaster !== null) {
    if (await isPostmasterOf(cluster, postmaster.pid)) {
      return postmaster.isReady ? postmaster.port : null;
    }
    // Left behind by a crash. PostgreSQL would refuse to start if an unrelated process of the same account had
    // been given that number since.
    await rm(join(cluster.paths.cluster, "postmaster.pid"), { force: true });
  }
  const port = await choosePort(cluster);
  return (await startCluster(cluster, port)) === "started" ? port : null;
}

async function takePresence(cluster: Cluster, port: number): Promise<Presence> {
  const password = readPassword(cluster.paths);
  if (password === null) {
    throw new AppError(
      "unavailable",
      `${cluster.paths.passwordFile} is missing, and PostgreSQL cannot be used without it: restore it from a backup.`,
    );
  }
  await createDatabaseIfMissing(port, password);
  const url = embeddedUrl(port, password);
  const client = await connect(url);
  try {
    // Waits while the last one out holds the lock, and fails when that one has stopped PostgreSQL.
    await client.query("select pg_advisory_lock_shared($1, $2)", [LOCK_SPACE, LOCKS.presence]);
    return { url, client };
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}

async function connect(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString,
    application_name: `${PRESENCE_NAME}${process.pid}`,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  });
  // "end" follows and is what counts; without a listener the error would end the process.
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

async function createDatabaseIfMissing(port: number, password: string): Promise<void> {
  try {
    const client = await connect(embeddedUrl(port, password));
    await client.end();
  } catch (error) {
    if (errorCode(error) !== THERE_IS_NO_SUCH_DATABASE) {
      throw error;
    }
    const client = await connect(embeddedUrl(port, password, "postgres"));
    try {
      await client.query(`create database ${DATABASE_NAME}`);
    } catch (creationError) {
      // Another process that starts at the same time made it.
      if (errorCode(creationError) !== DUPLICATE_DATABASE) {
        throw creationError;
      }
    } finally {
      await client.end();
    }
  }
}

/**
 * One at a time: gives up its own share, and if the whole lock is free then nobody else is there. Whoever arrives
 * meanwhile waits for the lock, loses the connection when PostgreSQL stops, and starts it again.
 */
async function leave(cluster: Cluster, client: pg.Client): Promise<void> {
  try {
    const isLast = await isLastOne(client);
    if (isLast) {
      await stopCluster(cluster);
    }
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function isLastOne(client: pg.Client): Promise<boolean> {
  try {
    await client.query("select pg_advisory_lock($1, $2)", [LOCK_SPACE, LOCKS.leaving]);
    await client.query("select pg_advisory_unlock_shared($1, $2)", [LOCK_SPACE, LOCKS.presence]);
    const deadline = Date.now() + FAREWELL_TIMEOUT_MS;
    while (!(await tryWholeLock(client))) {
      if (Date.now() > deadline || (await isAnybodyThere(client))) {
        return false;
      }
      await delay(RETRY_MS);
    }
    return true;
  } catch {
    // PostgreSQL has gone already: nothing to stop.
    return false;
  }
}

async function tryWholeLock(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ alone: boolean }>(
    "select pg_try_advisory_lock($1, $2) as alone",
    [LOCK_SPACE, LOCKS.presence],
  );
  return rows[0]?.alone === true;
}

/** PostgreSQL may take a moment to notice that a process was killed; until then its connection still holds the lock. */
async function isAnybodyThere(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ name: string }>(
    `select application_name as name from pg_locks join pg_stat_activity using (pid)
      where locktype = 'advisory' and classid::bigint = $1 and objid::bigint = $2
        and pid <> pg_backend_pid()`,
    [LOCK_SPACE, LOCKS.presence],
  );
  return rows.some(({ name }) => isProcessAlive(Number(name.slice(PRESENCE_NAME.length))));
}
