import "server-only";
import { countFleetGroups, listPhonesByMark } from "#fleet/devices/server/read-inventory";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { TRANSACTION_LOCKS } from "#foundation/platform/db/advisory-locks";
import { inTransaction } from "#foundation/platform/db/client";
import { notifyLive } from "#foundation/platform/db/listen";
import { tryTransactionLock } from "#foundation/platform/db/try-transaction-lock";
import { countRecentHours } from "#phones/check-log/server/count-recent-hours";
import { presentRuleTable } from "#phones/check/server/present-rule-table";
import { notableMarks } from "#phones/inventory/judge-phone";
import { countFleet, totalsOf } from "#phones/statistics/count-fleet";
import type { FigureCount } from "#phones/statistics/model";
import { startOfMinute } from "#phones/statistics/ranges";
import {
  findLastSampleTime,
  insertSample,
  replaceCounts,
} from "#phones/statistics/server/statistics-store";

export type SampleOptions = {
  /** Does nothing if the last sample is younger, because another host has counted. */
  readonly minAgeMs: number;
};

/**
 * Counts the fleet and the checks of the last hours, and stores the figures. Returns whether it did: another process
 * may be counting, or has counted.
 */
export async function sampleFleet(
  context: UseCaseContext,
  { minAgeMs }: SampleOptions,
): Promise<boolean> {
  requirePermission(context.actor, "device:read");
  return inTransaction(async (tx) => {
    if (!(await tryTransactionLock(tx, TRANSACTION_LOCKS.statistics))) {
      return false;
    }
    const last = await findLastSampleTime(tx);
    if (last !== null && Math.abs(context.now.getTime() - last.getTime()) < minAgeMs) {
      return false;
    }
    const counts = await countPhones(context);
    await insertSample(tx, { at: startOfMinute(context.now), phones: totalsOf(counts) });
    await replaceCounts(tx, context.now, counts);
    await countRecentHours(tx, context, { lastCountAt: last });
    await notifyLive(tx, "statistics");
    return true;
  });
}

async function countPhones(context: UseCaseContext): Promise<readonly FigureCount[]> {
  const rules = await presentRuleTable(context.now);
  const [groups, notable] = await Promise.all([
    countFleetGroups(context),
    listPhonesByMark(context, notableMarks(rules)),
  ]);
  return countFleet(rules, { groups, notable });
}
