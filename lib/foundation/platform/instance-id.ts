import "server-only";
import { randomUUID } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { env } from "#foundation/platform/env";
import { makeDirectory } from "#foundation/platform/make-directory";
import { oncePerProcess } from "#foundation/platform/once-per-process";

/** The id of the data directory of this process. Every host has its own. */
export function instanceId(): Promise<string> {
  const { DATA_DIRECTORY } = env();
  return oncePerProcess(`instance id of ${DATA_DIRECTORY}`, () => readOrCreateId(DATA_DIRECTORY));
}

/** The id of a data directory, which is created with the first call. */
export async function readOrCreateId(directory: string): Promise<string> {
  const file = join(directory, "instance-id");
  await makeDirectory(directory);
  // "wx": if several processes start at the same time, the first one creates the file.
  await writeFile(file, randomUUID(), { flag: "wx", mode: 0o600 }).catch(() => undefined);
  return readFile(file, "utf8");
}
