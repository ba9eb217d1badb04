import "server-only";
import { forgetUsage } from "#phones/device-logs/server/log-store";
import type { StoredFile } from "#phones/device-logs/server/log-files";
import { listFiles, removeFile, removeIncomingBefore } from "#phones/device-logs/server/log-files";
import { listLogObjects, removeLogObject } from "#phones/device-logs/server/log-objects";
import type { LogScope } from "#phones/device-logs/server/store";
import { deleteLogs, findExpiredLogs, findKnownFileNames } from "#phones/device-logs/server/store";
import { db } from "#foundation/platform/db/client";
import { DAY_MS } from "#foundation/core/time";

const LOGS_PER_BATCH = 500;
/** Longer than any upload takes: an older file without a row was left by a crash. */
const ORPHAN_AFTER_MS = 60 * 60 * 1000;
const INCOMING_ABANDONED_AFTER_MS = ORPHAN_AFTER_MS / 2;

/**
 * Deletes the logs of a scope that are older than `days`. Deletes files before their rows: after a crash in between, the
 * next run finds the rows again.
 */
export async function deleteLogsOlderThan(
  scope: LogScope,
  days: number,
  now: Date,
): Promise<number> {
  const before = new Date(now.getTime() - days * DAY_MS);
  let removed = 0;
  for (;;) {
    const expired = await findExpiredLogs(db, scope, { before, take: LOGS_PER_BATCH });
    if (expired.length === 0) {
      break;
    }
    for (const file of expired) {
      await removeFile(file);
      await removeLogObject(file);
    }
    removed += await deleteLogs(
      db,
      expired.map(({ id }) => id),
    );
  }
  forgetUsage();
  return removed;
}

/** Removes uploads that never ended. The modification time of a running upload is always recent. */
export async function sweepIncomingLogs(now: Date): Promise<void> {
  await removeIncomingBefore(new Date(now.getTime() - INCOMING_ABANDONED_AFTER_MS));
}

/** Removes files that a crash left without a row, and uploads that never ended. Returns the number of files. */
export async function sweepLogFiles(now: Date): Promise<number> {
  const before = new Date(now.getTime() - ORPHAN_AFTER_MS);
  await sweepIncomingLogs(now);
  let removed = 0;
  for await (const files of listEverywhere()) {
    const old = files.filter(({ changedAt }) => changedAt < before);
    for (let index = 0; index < old.length; index += LOGS_PER_BATCH) {
      const some = old.slice(index, index + LOGS_PER_BATCH);
      const known = await findKnownFileNames(
        db,
        some.map(({ fileName }) => fileName),
      );
      const orphans = some.filter(({ fileName }) => !known.has(fileName));
      for (const orphan of orphans) {
        await removeFile(orphan);
        await removeLogObject(orphan);
      }
      removed += orphans.length;
    }
  }
  forgetUsage();
  return removed;
}

async function* listEverywhere(): AsyncGenerator<readonly StoredFile[]> {
  yield* listFiles();
  yield* listLogObjects();
}
