import { createReadStream, createWriteStream } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import process from "node:process";
import type { Readable, Writable } from "node:stream";
import { AppError } from "#foundation/core/errors";
import { errorCode, isDiskFull } from "#foundation/core/error-code";
import { typedPath } from "#programs/cli/read-text-file";

/** The name for standard input and output. */
const STANDARD = "-";

/**
 * Writes a file through `write`, or to standard output for `-`. The file appears under its name only when it is complete
 * and on the disk; it can be read only by its owner. `stop` ends the stream.
 */
export async function writeBackupFile<T>(
  { name, stop }: { readonly name: string; readonly stop: AbortSignal },
  write: (target: Writable) => Promise<T>,
): Promise<T> {
  if (name === STANDARD) {
    return write(process.stdout);
  }
  const path = typedPath(name);
  const draft = `${path}.${process.pid}.partial`;
  try {
    const handle = await open(draft, "wx", 0o600);
    const result = await write(createWriteStream(draft, { fd: handle, flush: true, signal: stop }));
    await rename(draft, path);
    await flushDirectory(dirname(path));
    return result;
  } catch (error) {
    throw explain(name, error);
  } finally {
    await rm(draft, { force: true });
  }
}

/** Opens a file, or standard input for `-`. `stop` ends the stream. */
export async function openBackupFile(name: string, stop: AbortSignal): Promise<Readable> {
  if (name === STANDARD) {
    return process.stdin;
  }
  try {
    const handle = await open(typedPath(name), "r");
    return createReadStream("", { fd: handle, signal: stop });
  } catch (error) {
    throw new AppError("invalid_input", `${name} cannot be read.`, { cause: error });
  }
}

/** For the audit trail, which is read by people who do not know the working directory. */
export function describeBackupFile(name: string): string {
  return name === STANDARD ? "standard stream" : typedPath(name);
}

async function flushDirectory(directory: string): Promise<void> {
  const handle = await open(directory, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const UNWRITABLE: ReadonlySet<string | null> = new Set([
  "ENOENT",
  "EACCES",
  "EPERM",
  "EROFS",
  "ENOTDIR",
  "EISDIR",
]);

function explain(name: string, error: unknown): unknown {
  if (isDiskFull(error)) {
    return new AppError("unavailable", `The disk that ${name} is on is full.`, { cause: error });
  }
  return UNWRITABLE.has(errorCode(error))
    ? new AppError("invalid_input", `${name} cannot be written.`, { cause: error })
    : error;
}
