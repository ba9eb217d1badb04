import "server-only";

import { randomUUID } from "node:crypto";
import { open, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { dirname, join } from "node:path";
import { diskFileStore } from "#firmware/files/server/disk-file-store";
import type { ByteRange, OpenedContent } from "#firmware/files/model";
import { isSha256 } from "#firmware/files/model";
import { nullIfMissing } from "#foundation/core/error-code";
import { log } from "#foundation/platform/log";
import { makeDirectory } from "#foundation/platform/make-directory";
import { oncePerProcess } from "#foundation/platform/once-per-process";

export type ContentCacheOptions = { readonly directory: string; readonly maxBytes: number };

/**
 * Copies of content on this host, which its processes share. The least recently used copies are removed when the copies
 * exceed the limit, except the newest one, however large.
 */
export type ContentCache = {
  /** Opens a copy whose digest was verified; null if there is none. A copy that does not match is not opened. */
  readonly open: (sha256: string, range?: ByteRange) => Promise<CachedContent | null>;
  /** A new path for a file that is still being received. */
  readonly newPath: () => Promise<string>;
  /** Moves a complete file into the cache and makes room for it. */
  readonly adopt: (path: string, sha256: string) => Promise<void>;
  readonly remove: (sha256: string) => Promise<void>;
};

export type CachedContent = {
  readonly sizeBytes: number;
  readonly pieces: Extract<OpenedContent, { readonly kind: "sound" }>["pieces"];
};

type Copy = { readonly sha256: string; readonly sizeBytes: number; readonly usedMs: number };

/** A use is recorded at most so often, because each record writes to the disk. */
const RECORD_USE_EVERY_MS = 60_000;
const INCOMING_ABANDONED_AFTER_MS = 60 * 60 * 1000;

/** A cache in a directory: copies in `files`, the time of their last use in `used`, files being received in `incoming`. */
export function contentCache({ directory, maxBytes }: ContentCacheOptions): ContentCache {
  const files = join(directory, "files");
  // What is found here is of concern to this host only, so it is not recorded in the database.
  const copies = diskFileStore(files, () => undefined);
  return {
    open: async (sha256, range) => {
      const held = await copies.stat(sha256);
      const opened = held === null ? null : await copies.open(sha256, range && { range });
      if (held === null || opened === null || opened.kind === "problem") {
        return null;
      }
      await recordUse(directory, sha256);
      return { sizeBytes: held.sizeBytes, pieces: opened.pieces };
    },
    newPath: async () => {
      const incoming = join(directory, "incoming");
      await makeDirectory(incoming, 0o700);
      await removeAbandoned(incoming);
      return join(incoming, randomUUID());
    },
    adopt: async (path, sha256) => {
      const target = join(files, sha256.slice(0, 2), sha256);
      await makeDirectory(dirname(target), 0o700);
      await rename(path, target);
      await recordUse(directory, sha256);
      await makeRoom(directory, maxBytes, sha256);
    },
    remove: (sha256) => removeCopy(directory, sha256),
  };
}

/** Uses are recorded in files, so that they are shared by processes and survive a restart. */
async function recordUse(directory: string, sha256: string): Promise<void> {
  const recorded = recordedUses();
  const path = join(directory, "used", sha256);
  const now = Date.now();
  if (now - (recorded.get(path) ?? 0) < RECORD_USE_EVERY_MS) {
    return;
  }
  recorded.set(path, now);
  try {
    await makeDirectory(dirname(path), 0o700);
    const handle = await open(path, "a", 0o600);
    await handle.close();
    await utimes(path, new Date(now), new Date(now));
  } catch (error) {
    // A full disk: the copy is removed earlier than its use would allow.
    log().debug({ err: error }, "could not record the use of cached content");
  }
}

async function makeRoom(directory: string, maxBytes: number, newest: string): Promise<void> {
  const copies = (await listCopies(directory)).toSorted((a, b) => a.usedMs - b.usedMs);
  let usedBytes = copies.reduce((total, { sizeBytes }) => total + sizeBytes, 0);
  for (const { sha256, sizeBytes } of copies) {
    if (usedBytes <= maxBytes) {
      return;
    }
    if (sha256 !== newest) {
      await removeCopy(directory, sha256);
      usedBytes -= sizeBytes;
    }
  }
}

async function listCopies(directory: string): Promise<readonly Copy[]> {
  const files = join(directory, "files");
  const names = (await readdir(files, { recursive: true }).catch(nullIfMissing)) ?? [];
  const copies: Copy[] = [];
  for (const name of names) {
    const sha256 = name.slice(3);
    const found = isSha256(sha256) ? await stat(join(files, name)).catch(nullIfMissing) : null;
    if (found !== null) {
      const used = await stat(join(directory, "used", sha256)).catch(nullIfMissing);
      copies.push({ sha256, sizeBytes: found.size, usedMs: used?.mtimeMs ?? 0 });
    }
  }
  return copies;
}

async function removeCopy(directory: string, sha256: string): Promise<void> {
  await rm(join(directory, "files", sha256.slice(0, 2), sha256), { force: true });
  const use = join(directory, "used", sha256);
  await rm(use, { force: true });
  recordedUses().delete(use);
}

/** When this process last recorded a use, by path. */
function recordedUses(): Map<string, number> {
  return oncePerProcess("content cache uses", () => new Map<string, number>());
}

/** Removes what a killed process was receiving. */
async function removeAbandoned(incoming: string): Promise<void> {
  const before = Date.now() - INCOMING_ABANDONED_AFTER_MS;
  for (const name of await readdir(incoming)) {
    const found = await stat(join(incoming, name)).catch(nullIfMissing);
    if (found !== null && found.mtimeMs < before) {
      await rm(join(incoming, name), { force: true });
    }
  }
}
