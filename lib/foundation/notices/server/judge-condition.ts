import "server-only";
import type { ConditionDelays, Measurement } from "#foundation/notices/decide-condition";
import { decideCondition } from "#foundation/notices/decide-condition";
import {
  findRaisedElsewhere,
  lockCondition,
  putCondition,
} from "#foundation/notices/server/condition-store";
import type { ConditionKey } from "#foundation/notices/server/condition-store";
import type { NewNotice } from "#foundation/notices/server/record-notice";
import { recordNotice } from "#foundation/notices/server/record-notice";
import { inTransaction } from "#foundation/platform/db/client";

/** A host that has not measured for this time no longer counts: it was stopped, or lost. */
const HOST_COUNTS_FOR_MS = 5 * 60 * 1000;

export type JudgedCondition = ConditionKey & {
  readonly measurement: Measurement;
  readonly delays: ConditionDelays;
  readonly now: Date;
  /** What to tell when the condition is raised; null: nothing. */
  readonly onRaised: (since: Date) => NewNotice | null;
  readonly onCleared: (since: Date) => NewNotice | null;
};

/**
 * Takes one more measurement of a condition into account, and records a notice if it changes. Hosts that watch the same
 * condition (the same `name`) tell it once: the first one that sees it, and the last one that no longer does.
 */
export async function judgeCondition({
  measurement,
  delays,
  now,
  onRaised,
  onCleared,
  ...key
}: JudgedCondition): Promise<void> {
  await inTransaction(async (tx) => {
    const before = await lockCondition(tx, key);
    const { after, change } = decideCondition(before, { measurement, now }, delays);
    await putCondition(tx, key, { ...after, seenAt: now });
    if (change === null) {
      return;
    }
    const seenSince = new Date(now.getTime() - HOST_COUNTS_FOR_MS);
    const elsewhere = await findRaisedElsewhere(tx, key, seenSince);
    if (elsewhere === null) {
      const tell = change === "raised" ? onRaised : onCleared;
      const notice = tell(after.raisedAt ?? before.raisedAt ?? now);
      await (notice === null ? null : recordNotice(tx, notice));
    }
  });
}
