import "server-only";
import type { Db } from "#foundation/platform/db/client";

/**
 * Stores the number of checks of each hour from the start of one hour on. Only the index of times is read. A number never
 * falls: the checks of an hour may have been dropped since.
 */
export async function countHours(
  tx: Db,
  { from, to }: { readonly from: Date; readonly to: Date },
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "CheckHour" AS known ("since", "checks")
    SELECT hour, (
      SELECT count(*) FROM "StoredCheck" WHERE "at" >= hour AND "at" < hour + interval '1 hour'
    ) FROM generate_series(${from}::timestamptz, ${to}::timestamptz, interval '1 hour') hour
    ON CONFLICT ("since") DO UPDATE SET "checks" = excluded."checks"
    WHERE known."checks" < excluded."checks"`;
}

export async function deleteOldHours(tx: Db, before: Date): Promise<void> {
  await tx.checkHour.deleteMany({ where: { since: { lt: before } } });
}

/** The counted hours from one instant to before another one, by their start. */
export async function findHours(
  db: Db,
  { from, before }: { readonly from: Date; readonly before: Date },
): Promise<ReadonlyMap<number, number>> {
  const rows = await db.checkHour.findMany({ where: { since: { gte: from, lt: before } } });
  return new Map(rows.map(({ since, checks }) => [since.getTime(), checks]));
}
