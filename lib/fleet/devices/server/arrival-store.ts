import "server-only";
import { z } from "zod";
import { Prisma } from "#generated/client";
import { ARRIVAL_KINDS } from "#fleet/devices/arrivals";
import type { ArrivalCount } from "#fleet/devices/arrivals";
import { SIDES } from "#fleet/devices/model";
import { STEP } from "#fleet/devices/server/newcomer-sql";
import type { Db } from "#foundation/platform/db/client";

/** Older counts are not read: only the last hour is shown and limited. */
const KEEP_HOURS = 48;
/** The largest rows. Only a few networks are shown, but a migration may come from a hundred thousand addresses. */
const MAX_ROWS = 1_000;

const countRow = z.object({
  kind: z.enum(ARRIVAL_KINDS),
  side: z.enum(SIDES),
  network: z.string(),
  count: z.number(),
});

/** The counts of the last hour. Networks beyond the largest rows are summed up. */
export async function findArrivalCounts(db: Db): Promise<readonly ArrivalCount[]> {
  const rows = await db.$queryRaw`
    WITH ranked AS (
      SELECT "kind", "side", "network", sum("count") AS "count",
        row_number() OVER (ORDER BY sum("count") DESC) AS "rank"
      FROM "ArrivalCount" WHERE "since" > now() - interval '1 hour'
      GROUP BY "kind", "side", "network"
    )
    SELECT "kind", "side", CASE WHEN "rank" <= ${MAX_ROWS} THEN "network" ELSE '' END AS "network",
      sum("count")::int AS "count"
    FROM ranked GROUP BY 1, 2, 3`;
  return z.array(countRow).parse(rows);
}

export async function addArrivalCounts(db: Db, counts: readonly ArrivalCount[]): Promise<void> {
  for (const { kind, side, network, count } of counts) {
    await db.$executeRaw`
      INSERT INTO "ArrivalCount" AS known ("since", "kind", "side", "network", "count")
      VALUES (${Prisma.raw(STEP)}, ${kind}, ${side}, ${network}, ${count})
      ON CONFLICT ("since", "kind", "side", "network")
        DO UPDATE SET "count" = known."count" + excluded."count"`;
  }
}

export async function deleteOldArrivalCounts(db: Db): Promise<void> {
  await db.$executeRaw`
    DELETE FROM "ArrivalCount" WHERE "since" < now() - make_interval(hours => ${KEEP_HOURS})`;
}

export type ForgetLimits = {
  /** Removes phones whose checks all lie within one hour before this time; null: keeps them. */
  readonly briefBefore: Date | null;
  /** Removes phones that were last seen before this time; null: keeps them. */
  readonly silentBefore: Date | null;
  readonly take: number;
};

/**
 * Deletes a batch of phones that were not seen for a long time; returns their number. Test devices are kept, because an
 * administrator registered them. A phone whose row is locked is left for the next run.
 */
export async function deleteForgottenDevices(
  db: Db,
  { briefBefore, silentBefore, take }: ForgetLimits,
): Promise<number> {
  return db.$executeRaw`
    DELETE FROM "Device" WHERE "id" IN (
      SELECT "id" FROM "Device" device
      WHERE (
          "lastSeenAt" < ${briefBefore}::timestamptz
            AND "lastSeenAt" < "firstSeenAt" + interval '1 hour'
          OR "lastSeenAt" < ${silentBefore}::timestamptz
        )
        AND NOT EXISTS (
          SELECT FROM "TestDevice" test
          WHERE test."identifier" IN (device."macAddress", device."serialNumber")
        )
      ORDER BY "deviceKey" LIMIT ${take} FOR UPDATE SKIP LOCKED
    )`;
}
