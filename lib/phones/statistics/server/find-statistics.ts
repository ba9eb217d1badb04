import "server-only";
import { requirePermission } from "#foundation/core/permissions";
import { DAY_MS, HOUR_MS, WEEK_MS } from "#foundation/core/time";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db } from "#foundation/platform/db/client";
import { listCheckHours } from "#phones/check-log/server/list-check-hours";
import { phonesIn, totalsOf } from "#phones/statistics/count-fleet";
import type { FleetStatistics, HourOfChecks, StatisticsRange } from "#phones/statistics/model";
import { startOfHour, toWindow } from "#phones/statistics/ranges";
import {
  findLastCounts,
  findLastSampleTime,
  findSamples,
} from "#phones/statistics/server/statistics-store";

/** The figures about the fleet as last counted, over time, and the checks of the last 24 hours. Reads no phone. */
export async function findStatistics(
  context: UseCaseContext,
  { range }: { readonly range: StatisticsRange },
): Promise<FleetStatistics> {
  requirePermission(context.actor, "device:read");
  const [countedAt, kinds, samples, hours] = await Promise.all([
    findLastSampleTime(db),
    findLastCounts(db),
    findSamples(db, toWindow(range, context.now)),
    findHoursOfChecks(context),
  ]);
  const figures = totalsOf(kinds);
  return { countedAt, phones: phonesIn(figures), figures, kinds, samples, hours };
}

async function findHoursOfChecks(context: UseCaseContext): Promise<readonly HourOfChecks[]> {
  const last = startOfHour(context.now).getTime();
  const first = last - DAY_MS + HOUR_MS;
  const known = await listCheckHours(context, {
    from: new Date(first - WEEK_MS),
    before: new Date(last + HOUR_MS),
  });
  return Array.from({ length: DAY_MS / HOUR_MS }, (_, index) => first + index * HOUR_MS).map(
    (since) => ({
      since: new Date(since),
      checks: known.get(since) ?? null,
      weekBefore: known.get(since - WEEK_MS) ?? null,
    }),
  );
}
