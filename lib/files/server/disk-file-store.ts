import "server-only";

import type { FileHandle } from "node:fs/promises";
import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isMissing } from "#lib/files/server/fs-errors";
import type { ByteRange, FileStore, StoredFile } from "#lib/files/model";
import { isSha256 } from "#lib/files/model";

const CHUNK_BYTES = 256 * 1024;

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
  await mkdir(dirname(path), { recursive: true });
  await rename(stagedPath, path);
  await flushDirectory(dirname(path));
  // The directory itself may be new in its parent.
  await flushDirectory(dirname(dirname(path)));
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

async function openContent(
  path: string,
  range: ByteRange | undefined,
): Promise<ReadableStream<Uint8Array> | null> {
  let handle: FileHandle;
  try {
    handle = await open(path, "r");
  } catch (error) {
    if (isMissing(error)) {
      return null;
    }
    throw error;
  }
  return streamOf(handle, range);
}

/** Reads only as fast as the receiver takes, and gives the descriptor back however it ends. */
function streamOf(handle: FileHandle, range: ByteRange | undefined): ReadableStream<Uint8Array> {
  let position = range?.start ?? 0;
  const end = range === undefined ? Infinity : range.end + 1;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const wanted = Math.min(CHUNK_BYTES, end - position);
        const chunk = await readChunk(handle, { position, wanted });
        position += chunk.length;
        if (chunk.length > 0) {
          controller.enqueue(chunk);
        }
        if (chunk.length < wanted || position >= end) {
          controller.close();
          await handle.close();
        }
      },
      cancel: () => handle.close(),
    },
    { highWaterMark: 1 },
  );
}

async function readChunk(
  handle: FileHandle,
  { position, wanted }: { position: number; wanted: number },
): Promise<Uint8Array> {
  try {
    const { buffer, bytesRead } = await handle.read(
      Buffer.allocUnsafeSlow(wanted),
      0,
      wanted,
      position,
    );
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    // The stream ends with this error and will not ask again.
    await handle.close();
    throw error;
  }
}
