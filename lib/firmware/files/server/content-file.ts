import "server-only";

import { createHash } from "node:crypto";
import type { BigIntStats } from "node:fs";
import { constants } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { lstat, open } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import type { ContentProblem, ReadPace, SeenContent, SeenFile } from "#firmware/files/model";
import { errorCode } from "#foundation/core/error-code";

/** Does not follow a symbolic link, and does not block the thread on a named pipe. */
const OPEN_FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
const READ_BYTES = 256 * 1024;
/**
 * The clock of a file system advances in steps of up to 10 ms. A file that has just changed is read only after the next
 * step, so that a later change cannot have the same timestamp.
 */
const CLOCK_STEP_MS = 20;

/** The problem for each error code that concerns the content. */
const PROBLEM_CODES: ReadonlyMap<string | null, ContentProblem> = new Map([
  ["ENOENT", "missing"],
  ["ENOTDIR", "missing"],
  ["EACCES", "unreadable"],
  ["EPERM", "unreadable"],
  ["EIO", "unreadable"],
  ["ELOOP", "unreadable"],
  ["EISDIR", "unreadable"],
  ["ENXIO", "unreadable"],
  ["EUCLEAN", "unreadable"],
  ["EBADMSG", "unreadable"],
  ["ESTALE", "unreadable"],
]);

/** The problem of the content after a failed file operation; null if the error concerns this process or is transient. */
export function problemOf(error: unknown): ContentProblem | null {
  return PROBLEM_CODES.get(errorCode(error)) ?? null;
}

/** Looks at a path. Throws errors that do not concern the content, such as too many open files. */
export async function lookAt(path: string): Promise<SeenContent> {
  return withProblem(async () => toSeen(await lstat(path, { bigint: true })));
}

export async function openContentFile(path: string): Promise<FileHandle> {
  return open(path, OPEN_FLAGS);
}

/** The identity of an open file, for comparison with the verified file. */
export async function identityOfHandle(handle: FileHandle): Promise<string | null> {
  const seen = toSeen(await handle.stat({ bigint: true }));
  return seen.kind === "file" ? seen.identity : null;
}

/** The digest of a file, and the file that was read. */
export type ReadContent =
  | { readonly kind: "read"; readonly sha256: string; readonly file: SeenFile }
  | { readonly kind: "problem"; readonly problem: ContentProblem }
  /** The file changed during the read, so its digest is meaningless. */
  | { readonly kind: "changing" };

/** Reads a whole file once, in chunks, so that the process answers phones in between. */
export async function readWhole(path: string, pace: ReadPace | null): Promise<ReadContent> {
  return withProblem(async () => {
    const handle = await openContentFile(path);
    try {
      const before = toSeen(await handle.stat({ bigint: true }));
      if (before.kind === "problem") {
        return before;
      }
      await delay(await millisecondsToNextStep(handle));
      const sha256 = await digestOf(handle, pace);
      return (await identityOfHandle(handle)) === before.identity
        ? { kind: "read", sha256, file: before }
        : { kind: "changing" };
    } finally {
      await handle.close();
    }
  });
}

async function digestOf(handle: FileHandle, pace: ReadPace | null): Promise<string> {
  const hash = createHash("sha256");
  const buffer = Buffer.allocUnsafeSlow(READ_BYTES);
  const beganAtMs = performance.now();
  for (let position = 0; ;) {
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, position);
    if (bytesRead === 0) {
      return hash.digest("hex");
    }
    hash.update(buffer.subarray(0, bytesRead));
    position += bytesRead;
    if (pace !== null) {
      const dueMs = beganAtMs + (position / pace.bytesPerSecond) * 1000;
      await delay(Math.max(0, dueMs - performance.now()), undefined, { signal: pace.signal });
    }
  }
}

async function millisecondsToNextStep(handle: FileHandle): Promise<number> {
  const { ctimeMs } = await handle.stat();
  const ageMs = Date.now() - ctimeMs;
  return ageMs >= 0 && ageMs < CLOCK_STEP_MS ? CLOCK_STEP_MS - ageMs : 0;
}

function toSeen(stats: BigIntStats): SeenContent {
  if (!stats.isFile()) {
    return { kind: "problem", problem: "unreadable" };
  }
  const { ino, size, mtimeNs, ctimeNs } = stats;
  return {
    kind: "file",
    identity: `${ino}-${size}-${mtimeNs}-${ctimeNs}`,
    sizeBytes: Number(size),
  };
}

async function withProblem<T>(
  task: () => Promise<T>,
): Promise<T | { readonly kind: "problem"; readonly problem: ContentProblem }> {
  try {
    return await task();
  } catch (error) {
    const problem = problemOf(error);
    if (problem === null) {
      throw error;
    }
    return { kind: "problem", problem };
  }
}
