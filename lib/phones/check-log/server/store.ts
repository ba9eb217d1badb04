import "server-only";
import { z } from "zod";
import { Prisma } from "#generated/client";
import type { CheckEntry } from "#phones/check-log/check-row";
import { checkRow } from "#phones/check-log/check-row";
import type { CheckSearch } from "#phones/check-log/search-params";
import { MAX_COUNTED_CHECKS } from "#phones/check-log/search-params";
import type { CheckSelection } from "#phones/check-log/server/check-search-sql";
import type { Db } from "#foundation/platform/db/client";

const NEWEST_FIRST = Prisma.sql`check_."at" DESC, check_."id" DESC`;

/** The number of matching checks; `MAX_COUNTED_CHECKS` means that many or more. */
export async function countChecks(db: Db, { condition }: CheckSelection): Promise<number> {
  const [found] = await db.$queryRaw<[{ total: bigint }]>`
    SELECT count(*) AS "total" FROM (
      SELECT FROM "StoredCheck" check_ WHERE ${condition} LIMIT ${MAX_COUNTED_CHECKS}
    ) matching`;
  return Number(found.total);
}

export async function searchChecks(
  db: Db,
  { condition }: CheckSelection,
  {
    order,
    skip,
    take,
  }: Pick<CheckSearch, "order"> & { readonly skip: number; readonly take: number },
): Promise<readonly CheckEntry[]> {
  const direction = order === "asc" ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  return read(db, {
    condition,
    order: Prisma.sql`check_."at" ${direction}, check_."id" ${direction}`,
    window: Prisma.sql`LIMIT ${take} OFFSET ${skip}`,
  });
}

/** The last check of a batch. */
export type CheckCursor = { readonly at: Date; readonly id: string };

/** The next batch of checks after a cursor, newest first. Each batch costs the same as the first one. */
export async function findChecksAfter(
  db: Db,
  { condition }: CheckSelection,
  { cursor, take }: { readonly cursor: CheckCursor | null; readonly take: number },
): Promise<readonly CheckEntry[]> {
  const after =
    cursor === null
      ? Prisma.sql`true`
      : Prisma.sql`(check_."at", check_."id") < (${cursor.at}::timestamptz, ${BigInt(cursor.id)}::bigint)`;
  return read(db, {
    condition: Prisma.sql`${condition} AND ${after}`,
    order: NEWEST_FIRST,
    window: Prisma.sql`LIMIT ${take}`,
  });
}

/** The newest checks of one device, newest first. */
export async function findChecksOfDevice(
  db: Db,
  { deviceId, take }: { readonly deviceId: string; readonly take: number },
): Promise<readonly CheckEntry[]> {
  return read(db, {
    condition: Prisma.sql`check_."senderId" = ANY(ARRAY(
      SELECT sender."id" FROM "Device" device JOIN "CheckSender" sender USING ("deviceKey")
      WHERE device."id" = ${deviceId}::uuid
    ))`,
    order: NEWEST_FIRST,
    window: Prisma.sql`LIMIT ${take}`,
  });
}

async function read(
  db: Db,
  {
    condition,
    order,
    window,
  }: { readonly condition: Prisma.Sql; readonly order: Prisma.Sql; readonly window: Prisma.Sql },
): Promise<readonly CheckEntry[]> {
  const rows = await db.$queryRaw`
    WITH page AS MATERIALIZED (
      SELECT "at", "id" FROM "StoredCheck" check_ WHERE ${condition} ORDER BY ${order} ${window}
    )
    SELECT check_.*, pool."fqdn" AS "poolFqdn", device."id"::text AS "deviceId"
    FROM page JOIN "DeviceCheck" check_ USING ("at", "id")
    LEFT JOIN "Pool" pool ON pool."id" = check_."poolId"
    LEFT JOIN "Device" device ON device."deviceKey" = check_."deviceKey"
    ORDER BY ${order}`;
  return z.array(checkRow).parse(rows);
}
