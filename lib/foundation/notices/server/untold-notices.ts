import "server-only";
import { findNotices, lockUntoldNotices, markTold } from "#foundation/notices/server/notice-store";
import type { Notice } from "#foundation/notices/notice";
import type { Db } from "#foundation/platform/db/client";

const MAX_TAKEN = 100;

/**
 * Takes settled notices that are not told yet and marks them as told, in the transaction that decides who is told: both
 * happen, or neither. Each notice is taken once, by one process.
 */
export async function takeUntoldNotices(tx: Db, now: Date): Promise<readonly Notice[]> {
  const notices = await lockUntoldNotices(tx, now, MAX_TAKEN);
  await markTold(
    tx,
    notices.map(({ id }) => id),
    now,
  );
  return notices;
}

/** Notices by id, oldest first. */
export function readNotices(db: Db, ids: readonly bigint[]): Promise<readonly Notice[]> {
  return findNotices(db, ids);
}
