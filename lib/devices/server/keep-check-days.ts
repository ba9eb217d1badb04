import "server-only";
import { deleteChecksBefore, ensureCheckDays } from "#lib/devices/server/check-store";
import { db } from "#lib/platform/db/client";

const DAY_MS = 24 * 60 * 60 * 1000;
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
