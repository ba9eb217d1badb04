import "server-only";
import { randomBytes } from "node:crypto";
import {
  chmod,
  chown,
  mkdir,
  readFile,
  readdir,
  rename,
  rm,
  stat,
  writeFile,
} from "node:fs/promises";
import { createServer } from "node:net";
import { basename, dirname, join } from "node:path";
import process from "node:process";
import { setTimeout as delay } from "node:timers/promises";
import { AppError } from "#foundation/core/errors";
import type { DatabaseAccount } from "#foundation/platform/db/database-account";
import type { Binaries } from "#foundation/platform/db/embedded-binaries";
import { DATABASE_USER, pathsBelow, readPostmaster } from "#foundation/platform/db/embedded-paths";
import type { EmbeddedPaths } from "#foundation/platform/db/embedded-paths";
import { errorCode } from "#foundation/core/error-code";
import { isProcessAlive } from "#foundation/platform/process-alive";

export type Cluster = {
  readonly paths: EmbeddedPaths;
  readonly binaries: Binaries;
  readonly account: DatabaseAccount;
};

/** The major version of the PostgreSQL that package.json pins. */
const MAJOR_VERSION = "18";
const START_TIMEOUT_SECONDS = 120;
const STOP_POLL_MS = 20;
const STOP_TIMEOUT_SECONDS = 60;
const MAX_LOG_BYTES = 10 * 1024 ** 2;

/** For the largest default number of processes, commands and maintenance. Given at each start, also to older clusters. */
const MAX_CONNECTIONS = 200;

/** Written to the new cluster's postgresql.conf. The port is chosen at every start. */
const CONFIGURATION = [
  "listen_addresses=127.0.0.1",
  "unix_socket_directories=",
  "timezone=UTC",
  "log_timezone=UTC",
  // The sender of a failed statement reports the failure with its reason.
  "log_min_messages=log",
  "log_checkpoints=off",
] as const;

/** For temporary clusters, which need not survive a power cut. */
const THROWAWAY_CONFIGURATION = ["fsync=off", "full_page_writes=off"] as const;

export async function isCreated({ paths }: Cluster): Promise<boolean> {
  const version = await readFile(join(paths.cluster, "PG_VERSION"), "utf8").catch(() => null);
  if (version !== null && version.trim() !== MAJOR_VERSION) {
    throw new AppError(
      "unavailable",
      `${paths.cluster} was written by PostgreSQL ${version.trim()}, and the built-in one is ${MAJOR_VERSION}: dump it with the old version and restore it into a new data directory.`,
    );
  }
  return version !== null;
}

/**
 * Creates the cluster under another name and renames it into place, so that a half-created one is never used and two
 * processes that start together do not disturb each other.
 */
export async function createCluster(
  { paths, binaries, account }: Cluster,
  isThrowaway: boolean,
): Promise<void> {
  await removeAbandoned(paths);
  const draft = pathsBelow(`${paths.home}.${process.pid}-${randomBytes(4).toString("hex")}`);
  try {
    await prepareHome(draft, account);
    const configuration = [...CONFIGURATION, ...(isThrowaway ? THROWAWAY_CONFIGURATION : [])];
    const { isSuccess, output } = await account.run(binaries.initdb, [
      `--pgdata=${draft.cluster}`,
      `--username=${DATABASE_USER}`,
      `--pwfile=${draft.passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      // The same collation and case rules on every machine: they do not depend on its locales.
      "--locale=C",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      ...(isThrowaway ? ["--no-sync"] : []),
      ...configuration.map((setting) => `--set=${setting}`),
    ]);
    if (!isSuccess) {
      throw failure("The built-in PostgreSQL could not be set up", paths, output);
    }
    await rename(draft.home, paths.home).catch(ignoreOccupied);
  } finally {
    await rm(draft.home, { recursive: true, force: true });
  }
}

async function prepareHome(draft: EmbeddedPaths, { owner }: DatabaseAccount): Promise<void> {
  await mkdir(draft.home, { mode: 0o700 });
  await writeFile(draft.passwordFile, `${randomBytes(24).toString("hex")}\n`, { mode: 0o600 });
  await chmod(draft.home, 0o700);
  if (owner !== null) {
    await chown(draft.passwordFile, owner.uid, owner.gid);
    await chown(draft.home, owner.uid, owner.gid);
  }
}

/** Another process created the cluster first; that one is used. */
function ignoreOccupied(error: unknown): void {
  const code = errorCode(error);
  if (code !== "ENOTEMPTY" && code !== "EEXIST" && code !== "EPERM") {
    throw error;
  }
}

/** A process that is killed while it creates a cluster leaves its draft behind. */
async function removeAbandoned({ home }: EmbeddedPaths): Promise<void> {
  const prefix = `${basename(home)}.`;
  for (const name of await readdir(dirname(home))) {
    const pid = /^(\d+)-[0-9a-f]{8}$/.exec(name.slice(prefix.length))?.[1];
    if (name.startsWith(prefix) && pid !== undefined && !isProcessAlive(Number(pid))) {
      await rm(join(dirname(home), name), { recursive: true, force: true });
    }
  }
}

/** Whether the process is the PostgreSQL of this cluster, and not another one that got its process id after a crash. */
export async function isPostmasterOf({ paths }: Cluster, pid: number): Promise<boolean> {
  if (!isProcessAlive(pid)) {
    return false;
  }
  if (process.platform !== "linux") {
    return true;
  }
  const commandLine = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
  return commandLine.split("\0").includes(paths.cluster);
}

export type StartResult = "started" | "already_running" | "port_taken";

/** PostgreSQL runs as a separate process that outlives the one that starts it, and logs to a file. */
export async function startCluster(
  { paths, binaries, account }: Cluster,
  port: number,
): Promise<StartResult> {
  await rotateLog(paths.logFile);
  const { isSuccess, output } = await account.run(binaries.pgCtl, [
    "start",
    `--pgdata=${paths.cluster}`,
    `--log=${paths.logFile}`,
    `--options=-p ${port} -c max_connections=${MAX_CONNECTIONS}`,
    "--wait",
    `--timeout=${START_TIMEOUT_SECONDS}`,
    "--silent",
  ]);
  if (isSuccess) {
    return "started";
  }
  const lastWords = (await readFile(paths.logFile, "utf8").catch(() => "")).slice(-4_000);
  // PostgreSQL gives its reasons only as text, in English because the cluster's locale is C.
  if (
    /lock file "postmaster\.pid" (already exists|is empty)|another server might be running/.test(
      lastWords + output,
    )
  ) {
    return "already_running";
  }
  const isTaken = (line: string): boolean =>
    line.includes("could not bind ") && line.includes("Address already in use");
  if (lastWords.split("\n").some(isTaken)) {
    return "port_taken";
  }
  throw failure("The built-in PostgreSQL did not start", paths, `${output}\n${lastWords}`);
}

/** Ends connections and writes all data to the disk, so that the next start needs no recovery. */
export async function stopCluster(cluster: Cluster): Promise<void> {
  const { paths, binaries, account } = cluster;
  const postmaster = readPostmaster(paths);
  const { isSuccess, output } = await account.run(binaries.pgCtl, [
    "stop",
    `--pgdata=${paths.cluster}`,
    "--mode=fast",
    // With --wait, pg_ctl would also wait for a PostgreSQL that another process starts in between.
    "--no-wait",
    "--silent",
  ]);
  if (!isSuccess) {
    throw failure("The built-in PostgreSQL did not stop", paths, output);
  }
  const deadline = performance.now() + STOP_TIMEOUT_SECONDS * 1000;
  while (postmaster !== null && (await isPostmasterOf(cluster, postmaster.pid))) {
    if (performance.now() > deadline) {
      throw failure("The built-in PostgreSQL did not stop in time", paths, output);
    }
    await delay(STOP_POLL_MS);
  }
}

/** The previous port if it is free, so that clients which reconnect find PostgreSQL at the same address. */
export async function choosePort({ paths }: Cluster): Promise<number> {
  const last = Number(await readFile(paths.portFile, "utf8").catch(() => "0"));
  const port = (await freePort(Number.isInteger(last) ? last : 0)) ?? (await freePort(0));
  if (port === null) {
    throw new AppError(
      "unavailable",
      "There is no free port on 127.0.0.1 for the built-in PostgreSQL.",
    );
  }
  await writeFile(paths.portFile, `${port}\n`, { mode: 0o600 });
  return port;
}

async function freePort(wanted: number): Promise<number | null> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => {
      resolve(null);
    });
    probe.listen(wanted, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => {
        resolve(typeof address === "object" && address !== null ? address.port : null);
      });
    });
  });
}

async function rotateLog(logFile: string): Promise<void> {
  const stats = await stat(logFile).catch(() => null);
  if (stats !== null && stats.size > MAX_LOG_BYTES) {
    await rename(logFile, `${logFile}.1`);
  }
}

function failure(what: string, paths: EmbeddedPaths, output: string): AppError {
  if (/No space left on device|Check free disk space/i.test(output)) {
    return new AppError(
      "unavailable",
      `The disk that holds ${dirname(paths.home)} is full: free some space and start again.`,
    );
  }
  if (/Permission denied|could not access directory/i.test(output)) {
    return new AppError(
      "unavailable",
      `${what}: this account may not write to ${dirname(paths.home)}; start as its owner or choose another DATA_DIRECTORY.`,
    );
  }
  const reason = output
    .split("\n")
    .findLast((line) => /FATAL|PANIC|error/i.test(line))
    ?.trim();
  return new AppError(
    "unavailable",
    `${what}: ${reason ?? "it gave no reason"} (see ${paths.logFile}).`,
  );
}
