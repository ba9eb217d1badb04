import "server-only";
import { forgetUsage } from "#phones/device-logs/server/log-store";
import { listFiles, removeFile, removeIncomingBefore } from "#phones/device-logs/server/log-files";
import type { LogScope } from "#phones/device-logs/server/store";
import { deleteLogs, findExpiredLogs, findKnownFileNames } from "#phones/device-logs/server/store";
import { db } from "#foundation/platform/db/client";
import { DAY_MS } from "#foundation/core/day";

const AT_ONCE = 500;
/** Longer than any upload takes: what is older and in no list is left over from a crash. */
const ORPHAN_AFTER_MS = 60 * 60 * 1000;
const INCOMING_ABANDONED_AFTER_MS = ORPHAN_AFTER_MS / 2;

/**
 * Deletes the logs of a scope that are older than so many days. Files go before their rows: after a crash in between,
 * the rows are found again.
 */
export async function deleteLogsOlderThan(
  scope: LogScope,
  days: number,
  now: Date,
): Promise<number> {
  const before = new Date(now.getTime() - days * DAY_MS);
  let removed = 0;
  for (;;) {
    const expired = await findExpiredLogs(db, scope, { before, take: AT_ONCE });
    if (expired.length === 0) {
      break;
    }
    for (const file of expired) {
      await removeFile(file);
    }
    removed += await deleteLogs(
      db,
      expired.map(({ id }) => id),
    );
  }
  forgetUsage();
  return removed;
}

/** Removes uploads that never ended; one that arrives is written to all the time. */
export async function sweepIncomingLogs(now: Date): Promise<void> {
  await removeIncomingBefore(new Date(now.getTime() - INCOMING_ABANDONED_AFTER_MS));
}

/** Removes files that a crash left without a row, and uploads that never ended. */
export async function sweepLogFiles(now: Date): Promise<number> {
  const before = new Date(now.getTime() - ORPHAN_AFTER_MS);
  await sweepIncomingLogs(now);
  let removed = 0;
  for await (const files of listFiles()) {
    const old = files.filter(({ changedAt }) => changedAt < before);
    for (let index = 0; index < old.length; index += AT_ONCE) {
      const some = old.slice(index, index + AT_ONCE);
      const known = await findKnownFileNames(
        db,
        some.map(({ fileName }) => fileName),
      );
      const orphans = some.filter(({ fileName }) => !known.has(fileName));
      for (const orphan of orphans) {
        await removeFile(orphan);
      }
      removed += orphans.length;
    }
  }
  forgetUsage();
  return removed;
}
