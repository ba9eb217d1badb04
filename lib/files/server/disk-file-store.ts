import "server-only";

import { chmod, mkdir, open, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { ChunkCache } from "#lib/files/server/chunk-cache";
import { isMissing } from "#lib/files/server/fs-errors";
import type { ByteRange, FileStore, StoredFile } from "#lib/files/model";
import { isSha256 } from "#lib/files/model";
import { oncePerProcess } from "#lib/platform/once-per-process";
import { CONTENT } from "#lib/platform/tighten-permissions";

const KIB = 1024;
const MIB = 1024 ** 2;
const CHUNK_BYTES = 256 * KIB;
/** What is handed to a socket at once, and encrypted at once where it is one over TLS. */
const PIECE_BYTES = 128 * KIB;
/** The images of one or two models, which is what a fleet takes at a time. */
const MOST_CACHED_BYTES = 64 * MIB;

/** Content under `<directory>/<first two digits>/<sha256>`. The staging area must lie in the same file system. */
export function diskFileStore(directory: string): FileStore {
  return {
    put: (stagedPath, file) => put(stagedPath, file, pathOf(directory, file.sha256)),
    open: (sha256, range) => openContent(pathOf(directory, sha256), range),
    stat: (sha256) => statContent(pathOf(directory, sha256), sha256),
    remove: (sha256) => rm(pathOf(directory, sha256), { force: true }),
  };
}

function pathOf(directory: string, sha256: string): string {
  // The digest becomes a path, so nothing else may pass for one.
  if (!isSha256(sha256)) {
    throw new Error("A file is named by its SHA-256 in lower-case hex.");
  }
  return join(directory, sha256.slice(0, 2), sha256);
}

async function put(stagedPath: string, file: StoredFile, path: string): Promise<void> {
  const present = await statContent(path, file.sha256);
  if (present?.sizeBytes === file.sizeBytes) {
    await rm(stagedPath, { force: true });
    return;
  }
  await flushStaged(stagedPath, file);
  await makeContentDirectory(dirname(path));
  // Before the rename: content appears with the mode it keeps.
  await chmod(stagedPath, CONTENT.file);
  await rename(stagedPath, path);
  await flushDirectory(dirname(path));
  // The directory itself may be new in its parent.
  await flushDirectory(dirname(dirname(path)));
}

/** The mode of `mkdir` is subject to the umask, so it is set afterwards. */
async function makeContentDirectory(directory: string): Promise<void> {
  const firstNew = await mkdir(directory, { recursive: true });
  if (firstNew !== undefined) {
    await chmod(dirname(directory), CONTENT.directory);
    await chmod(directory, CONTENT.directory);
  }
}

async function flushStaged(stagedPath: string, { sha256, sizeBytes }: StoredFile): Promise<void> {
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
}

/** A rename survives a power cut only once its directory is on the disk too. */
async function flushDirectory(directory: string): Promise<void> {
  const handle = await open(directory, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function statContent(path: string, sha256: string): Promise<StoredFile | null> {
  try {
    const { size } = await stat(path);
    return { sha256, sizeBytes: size };
  } catch (error) {
    if (isMissing(error)) {
      return null;
    }
    throw error;
  }
}

/** Whoever asks for the same content shares the pieces in memory, so they must not be changed. */
async function openContent(
  path: string,
  range: ByteRange | undefined,
): Promise<AsyncGenerator<Uint8Array> | null> {
  const present = await statContent(path, basename(path));
  if (present === null) {
    return null;
  }
  const { sizeBytes } = present;
  return piecesOf({ path, sizeBytes }, range ?? { start: 0, end: sizeBytes - 1 });
}

type Content = { readonly path: string; readonly sizeBytes: number };

/** Holds no descriptor between pieces: a phone may take hours, and leave without a word. */
async function* piecesOf(content: Content, { start, end }: ByteRange): AsyncGenerator<Uint8Array> {
  let position = start;
  while (position <= end) {
    const index = Math.floor(position / CHUNK_BYTES);
    const chunk = await cache().get(`${content.path}/${content.sizeBytes}/${index}`, () =>
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

/** Whole, or not at all: what is remembered is given to everybody. */
async function readChunk({ path, sizeBytes }: Content, index: number): Promise<Buffer> {
  const offset = index * CHUNK_BYTES;
  const chunk = Buffer.allocUnsafeSlow(Math.min(CHUNK_BYTES, sizeBytes - offset));
  const handle = await open(path, "r");
  try {
    let filled = 0;
    while (filled < chunk.length) {
      const wanted = chunk.length - filled;
      const { bytesRead } = await handle.read(chunk, filled, wanted, offset + filled);
      if (bytesRead === 0) {
        throw endsTooSoon(path);
      }
      filled += bytesRead;
    }
    return chunk;
  } finally {
    await handle.close();
  }
}

function endsTooSoon(path: string): Error {
  return new Error(`The content of ${basename(path)} ends before its time.`);
}

function cache(): ChunkCache {
  return oncePerProcess("file chunks", () => new ChunkCache(MOST_CACHED_BYTES));
}
