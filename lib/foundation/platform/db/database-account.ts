import "server-only";
import { chmod, chown, stat } from "node:fs/promises";
import { dirname } from "node:path";
import process from "node:process";
import { AppError } from "#foundation/core/errors";
import { runProgram } from "#foundation/platform/db/run-program";
import type { Program, ProgramResult } from "#foundation/platform/db/run-program";
import { log } from "#foundation/platform/log";

/** The system account that runs PostgreSQL's programs, and how to start a program as it. */
export type DatabaseAccount = {
  /** Null: the account of this process. */
  readonly owner: { readonly name: string; readonly uid: number; readonly gid: number } | null;
  readonly run: (command: string, args: readonly string[]) => Promise<ProgramResult>;
};

type Owner = NonNullable<DatabaseAccount["owner"]>;

const PREFERRED_NAME = "postgres";
const FALLBACK_NAME = "nobody";

/**
 * PostgreSQL refuses to run as root, so root starts it as another account: the owner of the cluster if there is one,
 * else `postgres` (created if possible), else `nobody`. The account must be able to reach `paths`.
 */
export async function findDatabaseAccount(
  cluster: string,
  paths: readonly string[],
): Promise<DatabaseAccount> {
  if (process.getuid?.() !== 0) {
    return { owner: null, run: (command, args) => runProgram({ command, args }) };
  }
  const owner = (await ownerOf(cluster)) ?? (await chooseOwner());
  const start = await startingAs(owner, { paths, dataDirectory: dirname(dirname(cluster)) });
  return { owner, run: (command, args) => runProgram(start(command, args)) };
}

async function ownerOf(cluster: string): Promise<Owner | null> {
  const stats = await stat(cluster).catch(() => null);
  return stats === null || stats.uid === 0
    ? null
    : { name: `account ${stats.uid}`, uid: stats.uid, gid: stats.gid };
}

async function chooseOwner(): Promise<Owner> {
  const existing = await lookUp(PREFERRED_NAME);
  if (existing !== null) {
    return existing;
  }
  await runProgram({
    command: "useradd",
    args: [
      "--system",
      "--user-group",
      "--no-create-home",
      "--shell",
      "/usr/sbin/nologin",
      PREFERRED_NAME,
    ],
  });
  const chosen = (await lookUp(PREFERRED_NAME)) ?? (await lookUp(FALLBACK_NAME));
  if (chosen === null) {
    throw new AppError(
      "unavailable",
      `PostgreSQL does not run as root and there is no account to run it as: create one with "useradd --system ${PREFERRED_NAME}", or start as an ordinary user.`,
    );
  }
  return chosen;
}

async function lookUp(name: string): Promise<Owner | null> {
  const [uid, gid] = await Promise.all([
    runProgram({ command: "id", args: ["-u", name] }),
    runProgram({ command: "id", args: ["-g", name] }),
  ]);
  return uid.isSuccess && gid.isSuccess
    ? { name, uid: Number(uid.output), gid: Number(gid.output) }
    : null;
}

type Start = (command: string, args: readonly string[]) => Program;

type Places = { readonly paths: readonly string[]; readonly dataDirectory: string };

async function startingAs(owner: Owner, places: Places): Promise<Start> {
  const { paths, dataDirectory } = places;
  const closed = await firstClosedDirectory(owner, paths);
  if (closed === null) {
    return (command, args) => ({ command, args, cwd: "/", uid: owner.uid, gid: owner.gid });
  }
  const start = throughClosedDirectories(owner);
  const { isSuccess } = await runProgram(start("true", []));
  if (!isSuccess && closed === dataDirectory) {
    await letGroupPass(dataDirectory, owner);
    return startingAs(owner, places);
  }
  if (!isSuccess) {
    throw new AppError(
      "unavailable",
      `PostgreSQL does not run as root, and ${owner.name} may not enter ${closed}: move the project to a place that every account may enter, such as /opt/ucupdates, or start as an ordinary user.`,
    );
  }
  log().debug({ closed }, "PostgreSQL gets the capability to traverse closed directories");
  return start;
}

/**
 * A project below `/root`, or in a directory made by `mktemp -d`, is closed to every other account. Root can pass on
 * only the capability to traverse directories. `no_setuid_fixup` keeps it in `access(2)`, which PostgreSQL uses to find
 * its own programs.
 */
function throughClosedDirectories(owner: Owner): Start {
  const rights = [
    `--reuid=${owner.uid}`,
    `--regid=${owner.gid}`,
    "--clear-groups",
    "--securebits=+no_setuid_fixup",
    "--inh-caps=+dac_read_search",
    "--ambient-caps=+dac_read_search",
    "--",
  ];
  return (command, args) => ({ command: "setpriv", args: [...rights, command, ...args], cwd: "/" });
}

/**
 * If root cannot pass on the capability (no `setpriv`, as on Alpine, or no capability to give), the group of
 * PostgreSQL's account may traverse the data directory. It may not list it, and other accounts may do neither.
 */
async function letGroupPass(dataDirectory: string, { uid, gid }: Owner): Promise<void> {
  log().info({ dataDirectory, account: uid }, "PostgreSQL's group may traverse the directory");
  await chown(dataDirectory, 0, gid);
  await chmod(dataDirectory, 0o710);
}

async function firstClosedDirectory(
  owner: Owner,
  paths: readonly string[],
): Promise<string | null> {
  for (const directory of new Set(paths.flatMap(ancestors))) {
    const stats = await stat(directory).catch(() => null);
    if (stats !== null && !maySearch(owner, stats)) {
      return directory;
    }
  }
  return null;
}

function ancestors(path: string): readonly string[] {
  const parent = dirname(path);
  return parent === path ? [] : [...ancestors(parent), parent];
}

function maySearch(
  owner: Owner,
  { uid, gid, mode }: { readonly uid: number; readonly gid: number; readonly mode: number },
): boolean {
  if (uid === owner.uid) {
    return (mode & 0o100) !== 0;
  }
  return gid === owner.gid ? (mode & 0o010) !== 0 : (mode & 0o001) !== 0;
}
