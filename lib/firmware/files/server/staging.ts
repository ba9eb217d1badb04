import "server-only";

import { randomUUID } from "node:crypto";
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, join } from "node:path";
import process from "node:process";
import type { StagingKind, StagingWitness } from "#firmware/files/staging-name";
import { isLeftover, toStagingName } from "#firmware/files/staging-name";
import { isMissing } from "#foundation/core/error-code";
import { env } from "#foundation/platform/env";
import { isProcessAlive } from "#foundation/platform/process-alive";

/** Where files grow until they are complete: in the file system of the store, so that a rename moves them. */
export function stagingDirectory(): string {
  return join(env().DATA_DIRECTORY, "staging");
}

/** Where a name of the staging area lies. Only names this area gave out lead anywhere. */
export function stagedPath(name: string): string {
  if (name === "" || name !== basename(name) || name.startsWith(".")) {
    throw new Error("Not a name of the staging area.");
  }
  return join(stagingDirectory(), name);
}

/** A name nobody has, owned by this process; the area exists afterwards. */
export async function newStagingName(kind: StagingKind): Promise<string> {
  await mkdir(stagingDirectory(), { recursive: true, mode: 0o700 });
  return toStagingName(kind, { host: hostname(), pid: process.pid }, randomUUID());
}

/** An empty directory of this process in the staging area. */
export async function makeWorkDirectory(): Promise<string> {
  const path = stagedPath(await newStagingName("work"));
  await mkdir(path, { mode: 0o700 });
  return path;
}

/** Removes a file or directory of the staging area; nothing happens when it is gone. */
export async function removeStaged(name: string): Promise<void> {
  await rm(stagedPath(name), { recursive: true, force: true });
}

/**
 * Removes what processes that died left in the staging area. What others are using right now stays, and
 * so do the names in `keep`: uploads that a job still needs, whoever received them. Returns what it removed.
 */
export async function sweepStaging(keep: ReadonlySet<string>): Promise<readonly string[]> {
  const removed: string[] = [];
  for (const name of await listStaged()) {
    if (!keep.has(name) && isLeftover(name, await ageOf(name), witness())) {
      await rm(join(stagingDirectory(), name), { recursive: true, force: true });
      removed.push(name);
    }
  }
  return removed;
}

async function listStaged(): Promise<readonly string[]> {
  try {
    return await readdir(stagingDirectory());
  } catch (error) {
    if (isMissing(error)) {
      return [];
    }
    throw error;
  }
}

async function ageOf(name: string): Promise<number> {
  try {
    const { mtimeMs } = await stat(join(stagingDirectory(), name));
    return Date.now() - mtimeMs;
  } catch (error) {
    if (isMissing(error)) {
      return 0;
    }
    throw error;
  }
}

function witness(): StagingWitness {
  return {
    self: { host: hostname(), pid: process.pid },
    uptimeMs: process.uptime() * 1000,
    isRunning: isProcessAlive,
  };
}
