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

/** The directory of incomplete files. On the file system of the store, so that a rename moves them. */
export function stagingDirectory(): string {
  return join(env().DATA_DIRECTORY, "staging");
}

/** The path of a name in the staging area. Throws for a name that is not a plain file name. */
export function stagedPath(name: string): string {
  if (name === "" || name !== basename(name) || name.startsWith(".")) {
    throw new Error("Invalid name for the staging area.");
  }
  return join(stagingDirectory(), name);
}

/** A unique name that this process owns. Creates the staging area if needed. */
export async function newStagingName(kind: StagingKind): Promise<string> {
  await mkdir(stagingDirectory(), { recursive: true, mode: 0o700 });
  return toStagingName(kind, { host: hostname(), pid: process.pid }, randomUUID());
}

/** Creates an empty work directory of this process in the staging area. */
export async function makeWorkDirectory(): Promise<string> {
  const path = stagedPath(await newStagingName("work"));
  await mkdir(path, { mode: 0o700 });
  return path;
}

/** Removes a file or directory from the staging area. Does nothing if it does not exist. */
export async function removeStaged(name: string): Promise<void> {
  await rm(stagedPath(name), { recursive: true, force: true });
}

/**
 * Removes leftovers of dead processes from the staging area. Files of running processes stay, and so do the names in
 * `keep`: uploads that a job still needs, from any process. Returns the removed names.
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
