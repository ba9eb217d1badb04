import "server-only";
import { createReadStream } from "node:fs";
import { access, rm } from "node:fs/promises";
import { contentBackend } from "#firmware/files/server/content-backend";
import { isMissing } from "#foundation/core/error-code";
import type { LogFile, StoredFile } from "#phones/device-logs/server/log-files";
import { logPath } from "#phones/device-logs/server/log-files";

// Logs in object storage, as `logs/<type>/<file>`. They wait on this host's disk until they are flushed there.

const FOLDER = "logs/";
const FILES_PER_BATCH = 1_000;

/** The pieces of a stored log, the first ones only if `mostBytes` says so. */
export type OpenedLogObject = {
  readonly sizeBytes: number;
  readonly pieces: AsyncIterable<Uint8Array>;
};

/** Moves logs from the disk to the object storage. Ignores logs that were deleted or moved by another process. */
export async function moveToObjects(files: readonly LogFile[]): Promise<void> {
  const store = contentBackend();
  if (store.kind === "directory") {
    return;
  }
  for (const file of files) {
    if (await exists(logPath(file))) {
      await store.objects.put(keyOf(file), createReadStream(logPath(file))).catch(ignoreMissing);
      await rm(logPath(file), { force: true });
    }
  }
}

/** Null if there is no such log in object storage. */
export async function openLogObject(
  file: LogFile,
  mostBytes: number | null,
): Promise<OpenedLogObject | null> {
  const store = contentBackend();
  if (store.kind === "directory") {
    return null;
  }
  const range = mostBytes === null ? undefined : { start: 0, end: mostBytes - 1 };
  const opened = await store.objects.open(keyOf(file), range);
  return opened === null ? null : { sizeBytes: opened.sizeBytes, pieces: opened.body };
}

export async function removeLogObject(file: LogFile): Promise<void> {
  const store = contentBackend();
  if (store.kind === "objects") {
    await store.objects.remove(keyOf(file));
  }
}

/** Lists the logs in object storage, in batches. */
export async function* listLogObjects(): AsyncGenerator<readonly StoredFile[]> {
  const store = contentBackend();
  let batch: StoredFile[] = [];
  for await (const { key, changedAt } of store.kind === "objects"
    ? store.objects.list(FOLDER)
    : []) {
    const [logType = "", fileName = ""] = key.slice(FOLDER.length).split("/");
    batch.push({ logType, fileName, changedAt });
    if (batch.length === FILES_PER_BATCH) {
      yield batch;
      batch = [];
    }
  }
  yield batch;
}

function keyOf({ logType, fileName }: LogFile): string {
  return `${FOLDER}${logType}/${fileName}`;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** Deleted between the look and the read. */
function ignoreMissing(error: unknown): void {
  if (!isMissing(error)) {
    throw error;
  }
}
