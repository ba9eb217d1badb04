import "server-only";
import { createWriteStream } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import process from "node:process";
import type { Writable } from "node:stream";

/**
 * Writes a file through `write`. It appears under its name only when it is complete and on the disk, and only its owner
 * can read it. `stop` ends the stream.
 */
export async function writeNewFile<T>(
  { path, stop }: { readonly path: string; readonly stop?: AbortSignal },
  write: (target: Writable) => Promise<T>,
): Promise<T> {
  const draft = `${path}.${process.pid}.partial`;
  try {
    const handle = await open(draft, "wx", 0o600);
    if (stop?.aborted === true) {
      await handle.close();
      stop.throwIfAborted();
    }
    // The writer listens for errors at once.
    const result = await write(
      createWriteStream(draft, { fd: handle, flush: true, ...(stop && { signal: stop }) }),
    );
    await rename(draft, path);
    await flushDirectory(dirname(path));
    return result;
  } finally {
    await rm(draft, { force: true });
  }
}

async function flushDirectory(directory: string): Promise<void> {
  const handle = await open(directory, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
