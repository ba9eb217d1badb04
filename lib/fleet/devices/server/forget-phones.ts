import "server-only";
import {
  deleteForgottenDevices,
  deleteOldArrivalCounts,
} from "#fleet/devices/server/arrival-store";
import { db } from "#foundation/platform/db/client";
import { env } from "#foundation/platform/env";
import { log } from "#foundation/platform/log";
import { DAY_MS } from "#foundation/core/day";

const AT_ONCE = 1_000;
/** The rest waits for the next hour. */
const MAX_BATCHES = 100;
/** A phone that asks this seldom is no stranger yet when the setting says so. */
const INTERVALS_OF_SILENCE = 3;

/**
 * Removes phones that are not part of the fleet any more, or never were: those that asked within one hour alone, and, where
 * it is set, those that were silent for very long. Their checks stay in the check log. There is no caller to authorise: it
 * runs by the clock.
 */
export async function forgetPhones(now: Date): Promise<number> {
  const { FORGET_BRIEF_PHONES_AFTER_DAYS, FORGET_PHONES_AFTER_DAYS, NEXT_CHECK_SECONDS } = env();
  const silenceMs = INTERVALS_OF_SILENCE * NEXT_CHECK_SECONDS * 1000;
  const before = (days: number): Date | null =>
    days === 0 ? null : new Date(now.getTime() - Math.max(days * DAY_MS, silenceMs));
  const limits = {
    briefBefore: before(FORGET_BRIEF_PHONES_AFTER_DAYS),
    silentBefore: before(FORGET_PHONES_AFTER_DAYS),
    take: AT_ONCE,
  };
  let removed = 0;
  for (let batch = 0; batch < MAX_BATCHES; batch += 1) {
    const count = await deleteForgottenDevices(db, limits);
    removed += count;
    if (count < AT_ONCE) {
      break;
    }
  }
  await deleteOldArrivalCounts(db);
  if (removed > 0) {
    log().info({ removed }, "Phones that were not seen for long were removed from the inventory");
  }
  return removed;
}
