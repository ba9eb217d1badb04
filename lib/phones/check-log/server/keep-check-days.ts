import "server-only";
import { firstDayWithin } from "#phones/check-log/check-days";
import {
  deleteChecksBefore,
  ensureCheckDays,
  findCheckDaySizes,
} from "#phones/check-log/server/record-store";
import { db } from "#foundation/platform/db/client";
import { log } from "#foundation/platform/log";
import { DAY_MS } from "#foundation/core/day";

/** Made well before they are needed: what has no partition of its own cannot be dropped with its day. */
const DAYS_AHEAD = 3;

/** Makes room for the checks of the coming days. */
export async function prepareCheckPartitions(now: Date): Promise<void> {
  await ensureCheckDays(db, now, new Date(now.getTime() + DAYS_AHEAD * DAY_MS));
}

/** Forgets checks that are older than they are kept, by whole days. */
export async function dropOldCheckPartitions(now: Date, keepDays: number): Promise<void> {
  await deleteChecksBefore(db, new Date(now.getTime() - keepDays * DAY_MS));
}

/** Forgets the oldest days of checks where all of them take more than they may: strangers decide how many there are. */
export async function dropSurplusCheckPartitions(now: Date, quotaBytes: number): Promise<void> {
  const today = now.toISOString().slice(0, "YYYY-MM-DD".length);
  const firstKept = firstDayWithin(await findCheckDaySizes(db), quotaBytes, today);
  if (firstKept !== null) {
    log().warn({ firstKept, quotaBytes }, "The check log is full; its oldest days are removed");
    await deleteChecksBefore(db, new Date(firstKept));
  }
}
