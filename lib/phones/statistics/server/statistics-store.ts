import "server-only";
import { z } from "zod";
import type { PhoneFigure } from "#fleet/devices/model";
import { PHONE_FIGURES } from "#fleet/devices/model";
import { recordOf } from "#foundation/core/record-of";
import { DAY_MS } from "#foundation/core/time";
import type { Db } from "#foundation/platform/db/client";
import type { FigureCount, FigureTotals, FleetSample } from "#phones/statistics/model";
import type { StatisticsWindow } from "#phones/statistics/ranges";

/** Samples of every minute are kept for two days, the first of each hour for two months, the first of each day on. */
const KEEP_MINUTES_MS = 2 * DAY_MS;
const KEEP_HOURS_MS = 62 * DAY_MS;
const KEEP_DAYS_MS = 2 * 365 * DAY_MS;

/** Steps of a week begin on a Monday. */
const ORIGIN = new Date("2001-01-01T00:00:00Z");

export async function findLastSampleTime(db: Db): Promise<Date | null> {
  const { _max: last } = await db.fleetSample.aggregate({ _max: { at: true } });
  return last.at;
}

/** Replaces a sample of the same minute, and samples from a future that the clock was set back from. */
export async function insertSample(tx: Db, { at, phones }: FleetSample): Promise<void> {
  await tx.fleetSample.deleteMany({ where: { at: { gte: at } } });
  await tx.fleetSample.createMany({
    data: PHONE_FIGURES.map((figure) => ({ at, figure, phones: phones[figure] })),
  });
}

/** Replaces the counts of the day of a sample, and of days in the future. */
export async function replaceCounts(
  tx: Db,
  at: Date,
  counts: readonly FigureCount[],
): Promise<void> {
  const day = new Date(at.toISOString().slice(0, "YYYY-MM-DD".length));
  await tx.fleetCount.deleteMany({ where: { day: { gte: day } } });
  await tx.fleetCount.createMany({
    data: counts.map(({ brand, model, version, figure, phones }) => ({
      day,
      brand,
      model,
      version,
      figure,
      phones,
    })),
  });
}

const figure = z.enum(PHONE_FIGURES);

/** The counts of the last counted day. Figures of another version of the program are left out. */
export async function findLastCounts(db: Db): Promise<readonly FigureCount[]> {
  const { _max: last } = await db.fleetCount.aggregate({ _max: { day: true } });
  if (last.day === null) {
    return [];
  }
  const rows = await db.fleetCount.findMany({
    where: { day: last.day, figure: { in: [...PHONE_FIGURES] } },
    orderBy: [{ brand: "asc" }, { model: "asc" }, { version: "asc" }, { figure: "asc" }],
    omit: { day: true },
  });
  return rows.map((row) => ({ ...row, figure: figure.parse(row.figure) }));
}

const sampleRow = z.object({ at: z.date(), figure: z.string(), phones: z.number() });

/** The last sample of each step of a window, oldest first. */
export async function findSamples(
  db: Db,
  { from, stepSeconds }: StatisticsWindow,
): Promise<readonly FleetSample[]> {
  const rows = z.array(sampleRow).parse(
    await db.$queryRaw`
      SELECT "at", "figure", "phones" FROM "FleetSample" WHERE "at" IN (
        SELECT max("at") FROM "FleetSample" WHERE "figure" = ${STEADY_FIGURE} AND "at" >= ${from}
        GROUP BY date_bin(make_interval(secs => ${stepSeconds}), "at", ${ORIGIN})
      ) ORDER BY "at"`,
  );
  const byTime = Map.groupBy(rows, ({ at }) => at.getTime());
  return [...byTime].map(([at, sample]) => ({ at: new Date(at), phones: toTotals(sample) }));
}

/** Every sample has every figure, so any of them finds the times. */
const STEADY_FIGURE = "up_to_date" satisfies PhoneFigure;

function toTotals(rows: readonly z.output<typeof sampleRow>[]): FigureTotals {
  const known = new Map(rows.map((row) => [row.figure, row.phones]));
  return recordOf(PHONE_FIGURES, (name) => known.get(name) ?? 0);
}

/** Thins old samples, and deletes what is older than two years. */
export async function deleteOldStatistics(db: Db, now: Date): Promise<void> {
  const before = (ageMs: number): Date => new Date(now.getTime() - ageMs);
  await db.$executeRaw`
    DELETE FROM "FleetSample" old WHERE "at" < ${before(KEEP_DAYS_MS)}
      OR ("at" < ${before(KEEP_MINUTES_MS)} AND EXISTS (
        SELECT FROM "FleetSample" earlier
        WHERE earlier."figure" = old."figure" AND earlier."at" < old."at"
          AND earlier."at" >= date_trunc('hour', old."at", 'UTC')
      ))
      OR ("at" < ${before(KEEP_HOURS_MS)} AND EXISTS (
        SELECT FROM "FleetSample" earlier
        WHERE earlier."figure" = old."figure" AND earlier."at" < old."at"
          AND earlier."at" >= date_trunc('day', old."at", 'UTC')
      ))`;
  await db.fleetCount.deleteMany({ where: { day: { lt: before(KEEP_DAYS_MS) } } });
}
