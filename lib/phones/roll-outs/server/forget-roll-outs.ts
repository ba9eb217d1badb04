import "server-only";
import { DAY_MS, HOUR_MS } from "#foundation/core/time";
import { db } from "#foundation/platform/db/client";
import { MAX_PHONE_LIST_AGE_MS } from "#phones/roll-outs/model";
import { thinSamples } from "#phones/roll-outs/server/sample-store";
import { deleteOldRollOuts } from "#phones/roll-outs/server/store";

const KEEP_MS = 730 * DAY_MS;

/** The steps between samples, by age; newer ones are kept as they were written. */
const STEPS = [
  { fromAgeMs: 6 * HOUR_MS, toAgeMs: 2 * DAY_MS, stepMs: HOUR_MS / 6 },
  { fromAgeMs: 2 * DAY_MS, toAgeMs: 30 * DAY_MS, stepMs: HOUR_MS },
  { fromAgeMs: 30 * DAY_MS, toAgeMs: KEEP_MS, stepMs: DAY_MS },
] as const;

/** Thins the samples of roll-outs with age, and deletes old roll-outs. Runs on a schedule: there is no caller to authorise. */
export async function forgetRollOuts(now: Date): Promise<void> {
  const ago = (ms: number): Date => new Date(now.getTime() - ms);
  for (const { fromAgeMs, toAgeMs, stepMs } of STEPS) {
    await thinSamples(db, { from: ago(toAgeMs), before: ago(fromAgeMs), stepMs });
  }
  await deleteOldRollOuts(db, {
    endedBefore: ago(KEEP_MS),
    phonesBefore: ago(MAX_PHONE_LIST_AGE_MS),
  });
}
