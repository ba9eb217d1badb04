import "server-only";
import {
  deleteForgottenDevices,
  deleteOldArrivalCounts,
} from "#fleet/devices/server/arrival-store";
import { db } from "#foundation/platform/db/client";
import { env } from "#foundation/platform/env";
import { log } from "#foundation/platform/log";
import { DAY_MS } from "#foundation/core/time";

const BATCH_PHONES = 1_000;
/** The next hourly run removes the rest. */
const MAX_BATCHES = 100;
/** A phone must miss this many check intervals before it is removed, even if the setting is shorter. */
const INTERVALS_OF_SILENCE = 3;

/**
 * Removes phones that do not belong to the fleet: phones whose checks all lie within one hour, and, if configured,
 * phones that were silent for a long time. Their checks stay in the check log. Runs on a schedule, so there is no
 * caller to authorise.
 */
export async function forgetPhones(now: Date): Promise<number> {
  const { FORGET_BRIEF_PHONES_AFTER_DAYS, FORGET_PHONES_AFTER_DAYS, NEXT_CHECK_SECONDS } = env();
  const silenceMs = INTERVALS_OF_SILENCE * NEXT_CHECK_SECONDS * 1000;
  const before = (days: number): Date | null =>
    days === 0 ? null : new Date(now.getTime() - Math.max(days * DAY_MS, silenceMs));
  const limits = {
    briefBefore: before(FORGET_BRIEF_PHONES_AFTER_DAYS),
    silentBefore: before(FORGET_PHONES_AFTER_DAYS),
    take: BATCH_PHONES,
  };
  let removed = 0;
  for (let batch = 0; batch < MAX_BATCHES; batch += 1) {
    const count = await deleteForgottenDevices(db, limits);
    removed += count;
    if (count < BATCH_PHONES) {
      break;
    }
  }
  await deleteOldArrivalCounts(db);
  if (removed > 0) {
    log().info({ removed }, "Phones not seen for a long time were removed from the inventory");
  }
  return removed;
}
