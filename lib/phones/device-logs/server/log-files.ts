import "server-only";
import { randomUUID } from "node:crypto";
import { mkdir, open, readdir, rename, rm, stat, statfs } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { errorCode, nullIfMissing } from "#foundation/core/error-code";
import { env } from "#foundation/platform/env";

/** The log store on disk: `Logs/Client/<type>/<file>` below the data directory, as the original lays it out. */

const INCOMING = ".incoming";
/** What a file takes at least: one byte too many costs a block, so a flood of tiny files counts as well. */
const BLOCK_BYTES = 4096;

export type StoredFile = {
  readonly logType: string;
  readonly fileName: string;
  readonly changedAt: Date;
};

export function clientDirectory(): string {
  return join(env().DATA_DIRECTORY, "Logs", "Client");
}

/** Where a log is. Type and name are ours: nothing that a phone said is part of a path as it stands. */
export function logPath({ logType, fileName }: Pick<StoredFile, "logType" | "fileName">): string {
  return join(clientDirectory(), logType, fileName);
}

/** A place for what is still arriving. */
export async function newIncomingPath(): Promise<string> {
  const directory = join(clientDirectory(), INCOMING);
  await mkdir(directory, { recursive: true });
  return join(directory, randomUUID());
}

/** Moves a file that has arrived to its place, under the first of the names that is free. */
export async function keepFile(
  incomingPath: string,
  logType: string,
  nameOf: (number: number) => string,
): Promise<string> {
  await mkdir(join(clientDirectory(), logType), { recursive: true });
  for (let number = 0; ; number += 1) {
    const fileName = nameOf(number);
    const path = logPath({ logType, fileName });
    const claim = await openNew(path);
    if (claim !== null) {
      await claim.close();
      await rename(incomingPath, path);
      return fileName;
    }
  }
}

/** Forces files to the disk. One that has gone meanwhile is no loss. */
export async function syncFiles(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const handle = await open(path, "r").catch(nullIfMissing);
    if (handle !== null) {
      try {
        await handle.sync();
      } finally {
        await handle.close();
      }
    }
  }
}

export async function removeFile(file: Pick<StoredFile, "logType" | "fileName">): Promise<void> {
  await rm(logPath(file), { force: true });
}

/** Removes what never finished arriving. */
export async function removeIncomingBefore(before: Date): Promise<void> {
  const directory = join(clientDirectory(), INCOMING);
  for (const name of await namesIn(directory)) {
    const path = join(directory, name);
    const found = await stat(path).catch(nullIfMissing);
    if (found !== null && found.mtime < before) {
      await rm(path, { force: true });
    }
  }
}

/** Every file that is kept, one folder at a time. */
export async function* listFiles(): AsyncGenerator<readonly StoredFile[]> {
  for (const logType of await namesIn(clientDirectory())) {
    if (logType !== INCOMING) {
      yield await listFolder(logType);
    }
  }
}

/** What the store takes on the disk, and what the disk has left. */
export async function measureStore(): Promise<number> {
  let usedBytes = 0;
  for (const folder of await namesIn(clientDirectory())) {
    for (const name of await namesIn(join(clientDirectory(), folder))) {
      const found = await stat(join(clientDirectory(), folder, name)).catch(nullIfMissing);
      usedBytes += found === null ? 0 : onDisk(found.size);
    }
  }
  return usedBytes;
}

export async function freeBytes(): Promise<number> {
  await mkdir(clientDirectory(), { recursive: true });
  const { bavail, bsize } = await statfs(clientDirectory());
  return bavail * bsize;
}

/** What a file of this size takes on the disk. */
export function onDisk(sizeBytes: number): number {
  return Math.max(1, Math.ceil(sizeBytes / BLOCK_BYTES)) * BLOCK_BYTES;
}

async function listFolder(logType: string): Promise<readonly StoredFile[]> {
  const files: StoredFile[] = [];
  for (const fileName of await namesIn(join(clientDirectory(), logType))) {
    const found = await stat(logPath({ logType, fileName })).catch(nullIfMissing);
    if (found !== null) {
      files.push({ logType, fileName, changedAt: found.mtime });
    }
  }
  return files;
}

async function namesIn(directory: string): Promise<readonly string[]> {
  return (await readdir(directory).catch(nullIfMissing)) ?? [];
}

async function openNew(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, "wx");
  } catch (error) {
    if (errorCode(error) === "EEXIST") {
      return null;
    }
    throw error;
  }
}
