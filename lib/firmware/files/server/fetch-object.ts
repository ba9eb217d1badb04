import "server-only";

import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { open, rm } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import type { ContentCache } from "#firmware/files/server/content-cache";
import type { ContentFinding, ReadPace } from "#firmware/files/model";
import { isSha256 } from "#firmware/files/model";
import { isDiskFull } from "#foundation/core/error-code";
import { AppError } from "#foundation/core/errors";
import type { ObjectStore } from "#foundation/platform/objects/object-store";

const FULL_RETRY_SECONDS = 300;

/** The key of content. Throws for a name that is not a digest. */
export function keyOf(sha256: string): string {
  if (!isSha256(sha256)) {
    throw new Error("The name of a file must be a SHA-256 in lower-case hex.");
  }
  return `files/${sha256}`;
}

/** Reads the content of an object whole and compares its digest, at a limited rate if there is a pace. */
export async function digestOfObject(
  objects: ObjectStore,
  sha256: string,
  pace: ReadPace | null,
): Promise<ContentFinding> {
  return readObject(objects, sha256, async (_, doneBytes, beganAtMs) => {
    if (pace !== null) {
      const dueMs = beganAtMs + (doneBytes / pace.bytesPerSecond) * 1000;
      await delay(Math.max(0, dueMs - performance.now()), undefined, { signal: pace.signal });
    }
  });
}

/** Copies content into the cache, unless its digest differs. */
export async function fetchObject(
  objects: ObjectStore,
  sha256: string,
  cache: ContentCache,
): Promise<ContentFinding> {
  const path = await cache.newPath();
  try {
    const handle = await open(path, "wx", 0o600);
    const finding = await readInto(handle, objects, sha256);
    if (finding.problem === null) {
      await cache.adopt(path, sha256);
    }
    return finding;
  } catch (error) {
    throw isDiskFull(error) ? cacheFull(error) : error;
  } finally {
    await rm(path, { force: true });
  }
}

async function readInto(
  handle: FileHandle,
  objects: ObjectStore,
  sha256: string,
): Promise<ContentFinding> {
  try {
    return await readObject(objects, sha256, (chunk) => handle.writeFile(chunk));
  } finally {
    await handle.close();
  }
}

async function readObject(
  objects: ObjectStore,
  sha256: string,
  take: (chunk: Uint8Array, doneBytes: number, beganAtMs: number) => Promise<void>,
): Promise<ContentFinding> {
  const opened = await objects.open(keyOf(sha256));
  if (opened === null) {
    return { problem: "missing", file: null, at: new Date() };
  }
  const hash = createHash("sha256");
  const beganAtMs = performance.now();
  let doneBytes = 0;
  for await (const chunk of opened.body) {
    hash.update(chunk);
    doneBytes += chunk.length;
    await take(chunk, doneBytes, beganAtMs);
  }
  const problem = hash.digest("hex") === sha256 ? null : "damaged";
  const { identity, sizeBytes } = opened;
  return { problem, file: { identity, sizeBytes }, at: new Date() };
}

function cacheFull(cause: unknown): AppError {
  return new AppError("unavailable", "The disk with the data directory is full.", {
    cause,
    retryAfterSeconds: FULL_RETRY_SECONDS,
  });
}
