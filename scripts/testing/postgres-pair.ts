import { appendFile, chown, mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import pg from "pg";
import { expect, vi } from "vitest";
import { findDatabaseAccount } from "#foundation/platform/db/database-account";
import { requireProgram } from "#foundation/platform/testing/debian-packages";
import { freePort } from "#foundation/platform/testing/loopback";

/** A primary and its standby, which replicates synchronously: a commit that is acknowledged is on both. */
export type PostgresPair = {
  readonly primaryPort: number;
  readonly standbyPort: number;
  /** Stops every process of the primary, which then hangs with its connections open, and promotes the standby. */
  readonly failOver: () => Promise<void>;
  readonly close: () => Promise<void>;
};

type Server = { readonly directory: string; readonly port: number };
type Run = (program: string, args: readonly string[]) => Promise<void>;

export const PAIR_USER = "ucupdates";
const WAIT = { timeout: 20_000, interval: 20 };
const DEBIAN_VERSIONS = "/usr/lib/postgresql";
const DEBIAN_WRAPPER = "/usr/bin/pg_basebackup";
/** The standby copies it. A test need not survive a power cut. */
const CONFIGURATION = [
  "listen_addresses = '127.0.0.1'",
  "unix_socket_directories = ''",
  "fsync = off",
  "full_page_writes = off",
];

/** Starts a primary with a streaming standby, from Debian's PostgreSQL, with an empty database. */
export async function startPostgresPair(): Promise<PostgresPair> {
  await requireProgram(DEBIAN_WRAPPER, ["postgresql"]);
  await using opened = new AsyncDisposableStack();
  const home = await mkdtemp(join(tmpdir(), "ucupdates-pair-"));
  opened.defer(() => rm(home, { recursive: true, force: true }));
  const run = await runnerIn(home);
  const primary = { directory: join(home, "primary"), port: await freePort() };
  const standby = { directory: join(home, "standby"), port: await freePort() };
  const start = async (server: Server): Promise<void> => {
    await startPostgres(run, server);
    opened.defer(() => run("pg_ctl", ["stop", "--mode=immediate", at(server)]));
  };
  await run("initdb", [
    ...[at(primary), `--username=${PAIR_USER}`, "--auth=trust", "--no-sync"],
    ...["--encoding=UTF8", "--locale=C.UTF-8"],
  ]);
  await appendFile(join(primary.directory, "postgresql.conf"), `${CONFIGURATION.join("\n")}\n`);
  await start(primary);
  await run("pg_basebackup", [
    ...[at(standby), `--dbname=${urlOf(primary.port, "postgres")}`],
    ...["--write-recovery-conf", "--checkpoint=fast", "--no-sync"],
  ]);
  await start(standby);
  await replicateSynchronously(primary);
  let hanging: readonly number[] = [];
  opened.defer(() => {
    hanging.forEach((pid) => {
      signal(pid, "SIGCONT");
    });
  });
  const kept = opened.move();
  return {
    primaryPort: primary.port,
    standbyPort: standby.port,
    failOver: async () => {
      hanging = await freeze(primary);
      await run("pg_ctl", ["promote", "--wait", at(standby)]);
    },
    close: () => kept.disposeAsync(),
  };
}

/** The address of a database of a pair, at one of its servers or at a proxy before them. */
export function urlOf(port: number, database: string = PAIR_USER): string {
  return `postgresql://${PAIR_USER}@127.0.0.1:${port}/${database}`;
}

function at({ directory }: Pick<Server, "directory">): string {
  return `--pgdata=${directory}`;
}

/** PostgreSQL's programs run as another account than root, which then owns the directory. */
async function runnerIn(home: string): Promise<Run> {
  const account = await findDatabaseAccount(home, []);
  if (account.owner !== null) {
    await chown(home, account.owner.uid, account.owner.gid);
  }
  // Debian keeps the programs of each version in a directory of its own.
  const versions = (await readdir(DEBIAN_VERSIONS)).map(Number).filter(Number.isInteger);
  const programs = join(DEBIAN_VERSIONS, String(Math.max(...versions)), "bin");
  return async (program, args) => {
    const { isSuccess, output } = await account.run(join(programs, program), args);
    if (!isSuccess) {
      throw new Error(`${program} failed: ${output}`);
    }
  };
}

function startPostgres(run: Run, server: Server): Promise<void> {
  const options = ["--wait", `--log=${server.directory}.log`, `--options=-p ${server.port}`];
  return run("pg_ctl", ["start", at(server), ...options]);
}

/** Set after the standby has copied the configuration: promoted, it must not wait for a standby of its own. */
async function replicateSynchronously(primary: Server): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(primary.port, "postgres") });
  await client.connect();
  try {
    await client.query(`create database ${PAIR_USER}`);
    await client.query("alter system set synchronous_standby_names = '*'");
    await client.query("select pg_reload_conf()");
    await vi.waitFor(async () => {
      const { rows } = await client.query("select sync_state from pg_stat_replication");
      expect(rows).toEqual([{ sync_state: "sync" }]);
    }, WAIT);
  } finally {
    await client.end();
  }
}

/** Stops the processes of a server, the postmaster first, so that it starts no other. Returns their ids. */
async function freeze({ directory }: Server): Promise<readonly number[]> {
  const lines = await readFile(join(directory, "postmaster.pid"), "utf8");
  const postmaster = Number(lines.split("\n", 1)[0]);
  signal(postmaster, "SIGSTOP");
  const children = await readFile(`/proc/${postmaster}/task/${postmaster}/children`, "utf8");
  const started = children.trim().split(" ").map(Number);
  started.forEach((pid) => {
    signal(pid, "SIGSTOP");
  });
  return [postmaster, ...started];
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // A connection that ended by itself.
  }
}
