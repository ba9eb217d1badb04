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
import { explainUnwritable } from "#foundation/platform/explain-unwritable";
import { log } from "#foundation/platform/log";
import { makeDirectory } from "#foundation/platform/make-directory";
import { errorCode } from "#foundation/core/error-code";
import { isProcessAlive } from "#foundation/platform/process-alive";

export type EmbeddedDatabase = {
  readonly url: string;
  /** Releases PostgreSQL; the last user stops it. */
  readonly close: () => Promise<void>;
};

export type EmbeddedOptions = {
  readonly dataDirectory: string;
  /** For tests: faster, but the data does not survive a power cut. */
  readonly isThrowaway?: boolean;
};

const OPEN_TIMEOUT_MS = 120_000;
const RETRY_MS = 100;
const REOPEN_MS = 1_000;

const SHUTDOWN_TIMEOUT_MS = 5_000;
/** Followed by the process id. */
const USAGE_LOCK_NAME = "ucupdates presence ";

const NO_SUCH_DATABASE = "3D000";
const DUPLICATE_DATABASE = "42P04";

/**
 * Opens the PostgreSQL of a data directory: joins it if it runs, else starts it, and creates it the first time. Server
 * and commands share it. Every user holds a shared lock on a connection of its own. PostgreSQL releases the lock when
 * the process dies, so a crash needs no clean-up.
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const cluster = await openCluster(options);
  let presence = await enter(cluster);
  let isClosing = false;
  const url = presence.url;

  const watch = (): void => {
    presence.client.once("end", () => {
      if (!isClosing) {
        log().error("the built-in PostgreSQL stopped; restarting it");
        void restart();
      }
    });
  };
  // Connections reconnect by themselves, but only this function restarts PostgreSQL.
  const restart = async (): Promise<void> => {
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
        log().error({ err: error }, "could not restart the built-in PostgreSQL");
      }
    }
  };
  watch();

  return {
    url,
    close: async () => {
      if (!isClosing) {
        isClosing = true;
        await stopIfLastUser(cluster, presence.client);
      }
    },
  };
}

/** A command, unlike the server, comes here without a look at the data directory. */
async function openCluster({
  dataDirectory,
  isThrowaway = false,
}: EmbeddedOptions): Promise<Cluster> {
  try {
    // First, because PostgreSQL's account may be unable to enter the directory, which decides how it is started.
    await makeDirectory(dataDirectory, 0o700);
    const cluster = await findCluster(dataDirectory);
    if (!(await isCreated(cluster))) {
      await createCluster(cluster, isThrowaway);
    }
    return cluster;
  } catch (error) {
    if (error instanceof AppError || errorCode(error) === null) {
      throw error;
    }
    throw new AppError("unavailable", explainUnwritable(dataDirectory, error), { cause: error });
  }
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
  const deadline = performance.now() + OPEN_TIMEOUT_MS;
  let lastError: unknown;
  while (performance.now() < deadline) {
    try {
      const port = await startOrJoin(cluster);
      if (port !== null) {
        return await acquireUsageLock(cluster, port);
      }
    } catch (error) {
      if (error instanceof AppError) {
        throw error;
      }
      // PostgreSQL is starting, or its last user is stopping it: retry.
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

/** The port; null while PostgreSQL is starting or stopping, so that the caller retries. */
async function startOrJoin(cluster: Cluster): Promise<number | null> {
  const postmaster = readPostmaster(cluster.paths);
  if (postmaster !== null) {
    if (await isPostmasterOf(cluster, postmaster.pid)) {
      return postmaster.isReady ? postmaster.port : null;
    }
    // A crash left the file behind. PostgreSQL would refuse to start if an unrelated process of the same account now
    // had that process id.
    await rm(join(cluster.paths.cluster, "postmaster.pid"), { force: true });
  }
  const port = await choosePort(cluster);
  return (await startCluster(cluster, port)) === "started" ? port : null;
}

async function acquireUsageLock(cluster: Cluster, port: number): Promise<Presence> {
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
    // Waits while the last user holds the exclusive lock, and fails when that one has stopped PostgreSQL.
    await client.query("select pg_advisory_lock_shared($1, $2)", [LOCK_SPACE, LOCKS.usage]);
    return { url, client };
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}

async function connect(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString,
    application_name: `${USAGE_LOCK_NAME}${process.pid}`,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  });
  // "end" follows and is handled; without a listener, the error would end the process.
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

async function createDatabaseIfMissing(port: number, password: string): Promise<void> {
  try {
    const client = await connect(embeddedUrl(port, password));
    await client.end();
  } catch (error) {
    if (errorCode(error) !== NO_SUCH_DATABASE) {
      throw error;
    }
    const client = await connect(embeddedUrl(port, password, "postgres"));
    try {
      await client.query(`create database ${DATABASE_NAME}`);
    } catch (creationError) {
      // Another process created it at the same time.
      if (errorCode(creationError) !== DUPLICATE_DATABASE) {
        throw creationError;
      }
    } finally {
      await client.end();
    }
  }
}

/**
 * One process at a time: releases its shared lock, and is the last user if it then gets the exclusive one. A process
 * that opens in this time waits for the lock, loses its connection when PostgreSQL stops, and restarts it.
 */
async function stopIfLastUser(cluster: Cluster, client: pg.Client): Promise<void> {
  try {
    const isLast = await isLastUser(client);
    if (isLast) {
      await stopCluster(cluster);
    }
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function isLastUser(client: pg.Client): Promise<boolean> {
  try {
    await client.query("select pg_advisory_lock($1, $2)", [LOCK_SPACE, LOCKS.shutdown]);
    await client.query("select pg_advisory_unlock_shared($1, $2)", [LOCK_SPACE, LOCKS.usage]);
    const deadline = performance.now() + SHUTDOWN_TIMEOUT_MS;
    while (!(await tryExclusiveLock(client))) {
      if (performance.now() > deadline || (await hasOtherUsers(client))) {
        return false;
      }
      await delay(RETRY_MS);
    }
    return true;
  } catch {
    // PostgreSQL has already stopped.
    return false;
  }
}

async function tryExclusiveLock(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ alone: boolean }>(
    "select pg_try_advisory_lock($1, $2) as alone",
    [LOCK_SPACE, LOCKS.usage],
  );
  return rows[0]?.alone === true;
}

/**
 * PostgreSQL may take a moment to notice that a process was killed. Until then, the connection of that process holds
 * the lock.
 */
async function hasOtherUsers(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ name: string }>(
    `select application_name as name from pg_locks join pg_stat_activity using (pid)
      where locktype = 'advisory' and classid::bigint = $1 and objid::bigint = $2
        and pid <> pg_backend_pid()`,
    [LOCK_SPACE, LOCKS.usage],
  );
  return rows.some(({ name }) => isProcessAlive(Number(name.slice(USAGE_LOCK_NAME.length))));
}
