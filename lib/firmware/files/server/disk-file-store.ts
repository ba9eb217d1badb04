import "server-only";

import { randomUUID } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { chmod, lstat, open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { ChunkCache } from "#firmware/files/server/chunk-cache";
import {
  identityOfHandle,
  lookAt,
  openContentFile,
  readWhole,
} from "#firmware/files/server/content-file";
import { queueFinding } from "#firmware/files/server/content-findings";
import type { ContentPath, ReportFinding } from "#firmware/files/server/content-verifier";
import {
  forgetFinding,
  rereadContent,
  verifyContent,
} from "#firmware/files/server/content-verifier";
import type {
  ByteRange,
  ContentFinding,
  FileStore,
  OpenOptions,
  OpenedContent,
  PutResult,
  SeenFile,
  StoredFile,
} from "#firmware/files/model";
import { isSha256 } from "#firmware/files/model";
import { log } from "#foundation/platform/log";
import { makeDirectory } from "#foundation/platform/make-directory";
import { oncePerProcess } from "#foundation/platform/once-per-process";
import { CONTENT } from "#foundation/platform/tighten-permissions";

const KIB = 1024;
const MIB = 1024 ** 2;
const CHUNK_BYTES = 256 * KIB;
/** The size of one write to a socket, which is also encrypted at once over TLS. */
const PIECE_BYTES = 128 * KIB;
/** Enough for the images of one or two models, which a fleet downloads at a time. */
const MAX_CACHED_BYTES = 64 * MIB;

/**
 * Stores content at `<directory>/<first two digits>/<sha256>`. The staging area must be on the same file system. `report`
 * receives every finding.
 */
export function diskFileStore(directory: string, report: ReportFinding = queueFinding): FileStore {
  const at = (sha256: string): ContentPath => ({ path: pathOf(directory, sha256), report });
  return {
    isRemote: false,
    put: (stagedPath, file) => put(stagedPath, file, at(file.sha256)),
    open: (sha256, options) => openContent(at(sha256), options),
    verify: (sha256, distrustBefore) => verifyContent(at(sha256), distrustBefore),
    scrub: async (sha256, pace) =>
      forgetDamaged(at(sha256).path, await rereadContent(at(sha256), pace)),
    look: (sha256) => lookAt(at(sha256).path),
    stat: (sha256) => statContent(at(sha256).path, sha256),
    remove: (sha256) => rm(at(sha256).path, { force: true }),
  };
}

function pathOf(directory: string, sha256: string): string {
  // The digest becomes part of a path, so every other text is refused.
  if (!isSha256(sha256)) {
    throw new Error("The name of a file must be a SHA-256 in lower-case hex.");
  }
  return join(directory, sha256.slice(0, 2), sha256);
}

/** Evicts cached chunks of damaged content: with an unchanged identity, they may be from before or after the damage. */
function forgetDamaged(path: string, finding: ContentFinding): ContentFinding {
  if (finding.problem !== null) {
    cache().forget(`${path}/`);
  }
  return finding;
}

async function put(stagedPath: string, file: StoredFile, at: ContentPath): Promise<PutResult> {
  const { path } = at;
  const seen = await lookAt(path);
  const isMissing = seen.kind === "problem" && seen.problem === "missing";
  if (!isMissing) {
    // Ignores a cached finding, because an administrator repairs content with an import.
    const present = await verifyContent(at, new Date());
    if (present.problem === null) {
      await rm(stagedPath, { force: true });
      return { outcome: "kept", finding: present };
    }
  }
  await flushStaged(stagedPath, file);
  await makeContentDirectory(dirname(path));
  // Before the rename, so that content appears with its final mode.
  await chmod(stagedPath, CONTENT.file);
  await replaceFile(stagedPath, path);
  await flushDirectory(dirname(path));
  // The directory itself may be a new entry of its parent.
  await flushDirectory(dirname(dirname(path)));
  const finding = await verifyContent(at);
  if (finding.problem !== null) {
    throw notReadBack(file);
  }
  return { outcome: isMissing ? "stored" : "replaced", finding };
}

/** Sets the mode afterwards: that of a new directory is subject to the umask. */
async function makeContentDirectory(directory: string): Promise<void> {
  if (await makeDirectory(directory)) {
    await chmod(dirname(directory), CONTENT.directory);
    await chmod(directory, CONTENT.directory);
  }
}

/** Flushes a staged file and reads it back: its digest was computed from the received bytes, not from the disk. */
async function flushStaged(stagedPath: string, file: StoredFile): Promise<void> {
  const { sha256, sizeBytes } = file;
  const handle = await open(stagedPath, "r+");
  try {
    const { size } = await handle.stat();
    if (size !== sizeBytes) {
      throw new Error(`Staged file of ${sha256} has ${size} bytes instead of ${sizeBytes}.`);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  const written = await readWhole(stagedPath, null);
  if (written.kind !== "read" || written.sha256 !== sha256) {
    throw notReadBack(file);
  }
}

function notReadBack({ sha256 }: StoredFile): Error {
  return new Error(`The content of ${sha256} differs when it is read back from the disk.`);
}

/** Renames a directory at the path first: a file cannot replace it, and it is not ours to delete. */
async function replaceFile(stagedPath: string, path: string): Promise<void> {
  const target = await lstat(path).catch(() => null);
  if (target?.isDirectory() === true) {
    const aside = `${path}.aside-${randomUUID()}`;
    await rename(path, aside);
    log().warn({ path, aside }, "renamed a directory that was at the path of content");
  }
  await rename(stagedPath, path);
}

/** A rename survives a power failure only after its directory is flushed too. */
async function flushDirectory(directory: string): Promise<void> {
  const handle = await open(directory, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function statContent(path: string, sha256: string): Promise<StoredFile | null> {
  const seen = await lookAt(path);
  return seen.kind === "file" ? { sha256, sizeBytes: seen.sizeBytes } : null;
}

async function openContent(
  at: ContentPath,
  { range, distrustBefore = null }: OpenOptions = {},
): Promise<OpenedContent> {
  const { problem, file } = await verifyContent(at, distrustBefore);
  if (file === null || problem !== null) {
    return { kind: "problem", problem: problem ?? "missing" };
  }
  const pieces = piecesOf(
    { path: at.path, ...file },
    range ?? { start: 0, end: file.sizeBytes - 1 },
  );
  return { kind: "sound", pieces };
}

type Content = SeenFile & { readonly path: string };

/**
 * Holds no file descriptor between pieces: a download may take hours or stop without notice. Chunks in memory belong to
 * the verified file, so they stay correct when another file replaces it.
 */
async function* piecesOf(content: Content, { start, end }: ByteRange): AsyncGenerator<Uint8Array> {
  let position = start;
  while (position <= end) {
    const index = Math.floor(position / CHUNK_BYTES);
    const chunk = await cache().get(`${content.path}/${content.identity}/${index}`, () =>
      readChunk(content, index),
    );
    const from = position - index * CHUNK_BYTES;
    const piece = chunk.subarray(from, Math.min(from + PIECE_BYTES, end + 1 - index * CHUNK_BYTES));
    if (piece.length === 0) {
      throw endsTooSoon(content.path);
    }
    yield piece;
    position += piece.length;
  }
}

/** Reads a complete chunk or throws, because all downloads share it. After a failure, the next request verifies again. */
async function readChunk(content: Content, index: number): Promise<Buffer> {
  try {
    return await readVerified(content, index);
  } catch (error) {
    forgetFinding(content.path);
    throw error;
  }
}

/** Reads a part of the verified file. Throws if the file was replaced or changed since. */
async function readVerified(
  { path, sizeBytes, identity }: Content,
  index: number,
): Promise<Buffer> {
  const offset = index * CHUNK_BYTES;
  const chunk = Buffer.allocUnsafeSlow(Math.min(CHUNK_BYTES, sizeBytes - offset));
  const handle = await openContentFile(path);
  try {
    await fill(chunk, handle, offset);
    // Checked after the read, to detect a change before or during it.
    if ((await identityOfHandle(handle)) !== identity) {
      throw new Error(`The file of ${basename(path)} changed while it was served.`);
    }
    return chunk;
  } finally {
    await handle.close();
  }
}

async function fill(chunk: Buffer, handle: FileHandle, offset: number): Promise<void> {
  let filled = 0;
  while (filled < chunk.length) {
    const wanted = chunk.length - filled;
    const { bytesRead } = await handle.read(chunk, filled, wanted, offset + filled);
    if (bytesRead === 0) {
      throw new Error("The file ends before the size that it had when it was verified.");
    }
    filled += bytesRead;
  }
}

function endsTooSoon(path: string): Error {
  return new Error(`The content of ${basename(path)} is shorter than expected.`);
}

function cache(): ChunkCache {
  return oncePerProcess("file chunks", () => new ChunkCache(MAX_CACHED_BYTES));
}
