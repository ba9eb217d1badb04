import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import process from "node:process";
import type { Readable, Writable } from "node:stream";
import { AppError } from "#foundation/core/errors";
import { explainUnwritableFile } from "#foundation/core/unwritable-file";
import { writeNewFile } from "#programs/backup/server/write-new-file";
import { typedPath } from "#programs/cli/read-text-file";

/** The name for standard input and output. */
const STANDARD = "-";

/** Writes a file through `write`, or to standard output for `-`. `stop` ends the stream. */
export async function writeBackupFile<T>(
  { name, stop }: { readonly name: string; readonly stop: AbortSignal },
  write: (target: Writable) => Promise<T>,
): Promise<T> {
  if (name === STANDARD) {
    return write(process.stdout);
  }
  try {
    return await writeNewFile({ path: typedPath(name), stop }, write);
  } catch (error) {
    throw explainUnwritableFile(name, error);
  }
}

/** Opens a file, or standard input for `-`. `stop` ends the stream. */
export async function openBackupFile(name: string, stop: AbortSignal): Promise<Readable> {
  if (name === STANDARD) {
    return process.stdin;
  }
  try {
    const handle = await open(typedPath(name), "r");
    const source = createReadStream("", { fd: handle, signal: stop });
    // It may stop before its reader listens. The reader fails then, because the stream is destroyed.
    source.on("error", () => undefined);
    return source;
  } catch (error) {
    throw new AppError("invalid_input", `${name} cannot be read.`, { cause: error });
  }
}

/** For the audit trail, which is read by people who do not know the working directory. */
export function describeBackupFile(name: string): string {
  return name === STANDARD ? "standard stream" : typedPath(name);
}
