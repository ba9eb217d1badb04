import "server-only";
import { firstDayWithin } from "#phones/check-log/check-days";
import {
  deleteChecksBefore,
  ensureCheckDays,
  estimateSenderBytes,
  findCheckDaySizes,
} from "#phones/check-log/server/record-store";
import { db } from "#foundation/platform/db/client";
import { log } from "#foundation/platform/log";
import { DAY_MS } from "#foundation/core/time";

/** Created in advance: checks of a day without its own partition cannot be dropped with that day. */
const DAYS_AHEAD = 3;

/** Creates the partitions for the checks of the next days. */
export async function prepareCheckPartitions(now: Date): Promise<void> {
  await ensureCheckDays(db, now, new Date(now.getTime() + DAYS_AHEAD * DAY_MS));
}

/** Drops checks that are older than the retention, by whole days; returns the number of dropped days. */
export async function dropOldCheckPartitions(now: Date, keepDays: number): Promise<number> {
  return deleteChecksBefore(db, new Date(now.getTime() - keepDays * DAY_MS));
}

/**
 * Drops the oldest days until all checks and their senders fit the quota, because unknown senders control the number of checks; returns
 * the number of dropped days.
 */
export async function dropSurplusCheckPartitions(now: Date, quotaBytes: number): Promise<number> {
  const today = now.toISOString().slice(0, "YYYY-MM-DD".length);
  const daysQuotaBytes = quotaBytes - (await estimateSenderBytes(db));
  const firstKept = firstDayWithin(await findCheckDaySizes(db), daysQuotaBytes, today);
  if (firstKept === null) {
    return 0;
  }
  log().warn({ firstKept, quotaBytes }, "The check log exceeds its quota; old days are removed");
  return deleteChecksBefore(db, new Date(firstKept));
}
