import "server-only";
import type { Db } from "#foundation/platform/db/client";
import { MAX_RATE_HISTORY_MS, expectedFinish } from "#phones/roll-outs/expected-finish";
import type { RollOut, RollOutSummary } from "#phones/roll-outs/model";
import { rollOutStatus } from "#phones/roll-outs/roll-out-status";
import { findLastSamples, findSamplesSince } from "#phones/roll-outs/server/sample-store";

/** Adds the last numbers of roll-outs, and when those under way are expected to finish. */
export async function summarizeRollOuts(
  db: Db,
  rollOuts: readonly RollOut[],
  now: Date,
): Promise<readonly RollOutSummary[]> {
  const underWay = rollOuts.filter((rollOut) => rollOutStatus(rollOut) === "under_way");
  const since = new Date(now.getTime() - MAX_RATE_HISTORY_MS);
  const [last, recent] = await Promise.all([
    findLastSamples(
      db,
      rollOuts.map(({ id }) => id),
    ),
    findSamplesSince(
      db,
      underWay.map(({ id }) => id),
      since,
    ),
  ]);
  return rollOuts.map((rollOut) => ({
    ...rollOut,
    status: rollOutStatus(rollOut),
    counts: last.get(rollOut.id) ?? null,
    expectedFinish: expectedFinish(recent.get(rollOut.id) ?? [], now),
  }));
}
