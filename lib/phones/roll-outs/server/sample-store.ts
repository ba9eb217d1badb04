import "server-only";
import type { Db } from "#foundation/platform/db/client";
import type { Prisma } from "#generated/client";
import type { RollOutSample } from "#phones/roll-outs/model";
import { fromStateCountsRecord, toStateCountsRecord } from "#phones/roll-outs/state-counts-record";

type SampleRow = Prisma.RollOutSampleGetPayload<object>;

/** All samples of a roll-out, in order. */
export async function findSamples(db: Db, rollOutId: string): Promise<readonly RollOutSample[]> {
  const rows = await db.rollOutSample.findMany({ where: { rollOutId }, orderBy: { at: "asc" } });
  return rows.map(toSample);
}

/** The samples of each roll-out since a time, in order, after the one that was valid then. */
export async function findSamplesSince(
  db: Db,
  rollOutIds: readonly string[],
  since: Date,
): Promise<ReadonlyMap<string, readonly RollOutSample[]>> {
  const rows = await db.$queryRaw<SampleRow[]>`
    SELECT sample.* FROM unnest(${[...rollOutIds]}::uuid[]) wanted ("id")
    JOIN "RollOutSample" sample ON sample."rollOutId" = wanted."id"
      AND sample."at" >= coalesce(
        (SELECT max("at") FROM "RollOutSample" WHERE "rollOutId" = wanted."id" AND "at" <= ${since}), ${since}
      )
    ORDER BY sample."rollOutId", sample."at"`;
  const byRollOut = Map.groupBy(rows, ({ rollOutId }) => rollOutId);
  return new Map([...byRollOut].map(([id, ofOne]) => [id, ofOne.map(toSample)]));
}

/** The last sample of each roll-out. */
export async function findLastSamples(
  db: Db,
  rollOutIds: readonly string[],
): Promise<ReadonlyMap<string, RollOutSample>> {
  const rows = await db.$queryRaw<SampleRow[]>`
    SELECT sample.* FROM unnest(${[...rollOutIds]}::uuid[]) wanted ("id")
    CROSS JOIN LATERAL (
      SELECT * FROM "RollOutSample" WHERE "rollOutId" = wanted."id" ORDER BY "at" DESC LIMIT 1
    ) sample`;
  return new Map(rows.map((row) => [row.rollOutId, toSample(row)]));
}

export async function insertSample(
  db: Db,
  rollOutId: string,
  sample: RollOutSample,
): Promise<void> {
  const { at, joined, joinedRunning } = sample;
  await db.rollOutSample.createMany({
    data: { rollOutId, at, ...toStateCountsRecord(sample), joined, joinedRunning },
    skipDuplicates: true,
  });
}

/** In a span of ages, keeps the last sample of each step, and the first one of each roll-out. */
export async function thinSamples(
  db: Db,
  { from, before, stepMs }: { readonly from: Date; readonly before: Date; readonly stepMs: number },
): Promise<void> {
  const step = `${stepMs} milliseconds`;
  await db.$executeRaw`
    DELETE FROM "RollOutSample" sample
    WHERE "at" >= ${from} AND "at" < ${before}
      AND EXISTS (
        SELECT FROM "RollOutSample" later
        WHERE later."rollOutId" = sample."rollOutId" AND later."at" > sample."at"
          AND later."at" < date_bin(${step}::interval, sample."at", 'epoch') + ${step}::interval
      )
      AND EXISTS (
        SELECT FROM "RollOutSample" earlier
        WHERE earlier."rollOutId" = sample."rollOutId" AND earlier."at" < sample."at"
      )`;
}

function toSample(row: SampleRow): RollOutSample {
  const { at, joined, joinedRunning } = row;
  return { at, ...fromStateCountsRecord(row), joined, joinedRunning };
}
