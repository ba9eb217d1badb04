import "server-only";

import { randomUUID } from "node:crypto";
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, join } from "node:path";
import process from "node:process";
import type { StagingKind, StagingOwner, StagingWitness } from "#firmware/files/staging-name";
import { isLeftover, toStagingName } from "#firmware/files/staging-name";
import { isMissing } from "#foundation/core/error-code";
import { stagingDirectory } from "#firmware/files/server/content-backend";
import { instanceId } from "#foundation/platform/instance-id";
import { makeDirectory } from "#foundation/platform/make-directory";
import { isProcessAlive } from "#foundation/platform/process-alive";

/** The path of a name in the staging area. Throws for a name that is not a plain file name. */
export function stagedPath(name: string): string {
  if (name === "" || name !== basename(name) || name.startsWith(".")) {
    throw new Error("Invalid name for the staging area.");
  }
  return join(stagingDirectory(), name);
}

/** A unique name that this process owns. Creates the staging area if needed. */
export async function newStagingName(kind: StagingKind): Promise<string> {
  await makeDirectory(stagingDirectory(), 0o700);
  return toStagingName(kind, await stagingOwner(), randomUUID());
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
  const seenBy = await stagingWitness();
  for (const name of await listStaged()) {
    if (!keep.has(name) && isLeftover(name, { ageMs: await ageOf(name) }, seenBy)) {
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

/** What this process knows about the owners of names in the staging area. */
export async function stagingWitness(): Promise<StagingWitness> {
  return {
    self: await stagingOwner(),
    uptimeMs: process.uptime() * 1000,
    isRunning: isProcessAlive,
  };
}

/** Hosts that share a store may have the same name, as containers do; their data directories have different ids. */
async function stagingOwner(): Promise<StagingOwner> {
  const id = await instanceId();
  return { host: `${hostname()}-${id.slice(0, 8)}`, pid: process.pid };
}
