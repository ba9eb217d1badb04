import "server-only";
import { z } from "zod";
import { Prisma } from "#generated/client";
import type { CheckEntry } from "#phones/check-log/check-row";
import { checkRow } from "#phones/check-log/check-row";
import type { CheckSearch } from "#phones/check-log/search-params";
import { MAX_COUNTED_CHECKS } from "#phones/check-log/search-params";
import type { CheckSelection } from "#phones/check-log/server/check-search-sql";
import { hasEarlierChecks } from "#phones/check-log/server/earlier-check-store";
import { RECORDED_TRIGGERS } from "#fleet/devices/model";
import type { Db } from "#foundation/platform/db/client";

const NEWEST_FIRST = Prisma.sql`check_."at" DESC, check_."id" DESC`;

/** The number of matching checks; `MAX_COUNTED_CHECKS` means that many or more. */
export async function countChecks(db: Db, selection: CheckSelection): Promise<number> {
  const [found] = await db.$queryRaw<[{ total: bigint }]>(toCountQuery(selection));
  return Number(found.total);
}

export function toCountQuery(selection: CheckSelection): Prisma.Sql {
  return Prisma.sql`
    SELECT count(*) AS "total" FROM (${toRows(selection)} LIMIT ${MAX_COUNTED_CHECKS}) matching`;
}

/** The keys of the matching checks. */
function toRows({ condition, earlier }: CheckSelection): Prisma.Sql {
  const stored = Prisma.sql`
    SELECT check_."at", check_."id" FROM "StoredCheck" check_ WHERE ${condition}`;
  return earlier === null
    ? stored
    : Prisma.sql`
        SELECT check_."at", check_."id" FROM (
          ${stored}
          UNION ALL SELECT check_."at", check_."id" FROM "EarlierCheck" check_ WHERE ${earlier}
        ) check_`;
}

/** The id of the check that was stored last, from the sequence: reads one row however long the log is. */
export async function findLastCheckId(db: Db): Promise<bigint | null> {
  const [sequence] = await db.$queryRaw<[{ id: bigint | null }]>`
    SELECT CASE WHEN is_called THEN last_value END AS "id" FROM "StoredCheck_id_seq"`;
  return sequence.id;
}

/** A page of a list. */
export type CheckWindow = Pick<CheckSearch, "order"> & {
  readonly skip: number;
  readonly take: number;
};

export async function searchChecks(
  db: Db,
  selection: CheckSelection,
  window: CheckWindow,
): Promise<readonly CheckEntry[]> {
  return parse(await db.$queryRaw(toPageQuery(selection, window)));
}

export function toPageQuery(
  selection: CheckSelection,
  { order, skip, take }: CheckWindow,
): Prisma.Sql {
  const direction = order === "asc" ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  return toQuery({
    selection,
    order: Prisma.sql`check_."at" ${direction}, check_."id" ${direction}`,
    window: Prisma.sql`LIMIT ${take} OFFSET ${skip}`,
  });
}

/** The last check of a batch. */
export type CheckCursor = { readonly at: Date; readonly id: string };

/** The next batch of checks after a cursor, newest first. Each batch costs the same as the first one. */
export async function findChecksAfter(
  db: Db,
  { condition, earlier }: CheckSelection,
  { cursor, take }: { readonly cursor: CheckCursor | null; readonly take: number },
): Promise<readonly CheckEntry[]> {
  const after =
    cursor === null
      ? Prisma.sql`true`
      : Prisma.sql`(check_."at", check_."id") < (${cursor.at}::timestamptz, ${BigInt(cursor.id)}::bigint)`;
  const query = toQuery({
    selection: {
      condition: Prisma.sql`${condition} AND ${after}`,
      earlier: earlier === null ? null : Prisma.sql`${earlier} AND ${after}`,
    },
    order: NEWEST_FIRST,
    window: Prisma.sql`LIMIT ${take}`,
  });
  return parse(await db.$queryRaw(query));
}

export type DeviceWindow = {
  readonly deviceId: string;
  /** Exclusive; null: no limit. */
  readonly before: Date | null;
  readonly take: number;
};

/**
 * The checks of one device, newest first, with the refused ones that stated its MAC address. A refused check proves
 * nothing about who sent it.
 */
export async function findChecksOfDevice(
  db: Db,
  { deviceId, before, take }: DeviceWindow,
): Promise<readonly CheckEntry[]> {
  const isBefore = before === null ? Prisma.sql`true` : Prisma.sql`check_."at" < ${before}`;
  const condition = Prisma.sql`${isBefore} AND check_."senderId" = ANY(ARRAY(
    SELECT sender."id" FROM "Device" device JOIN "CheckSender" sender USING ("deviceKey")
    WHERE device."id" = ${deviceId}::uuid
    UNION
    SELECT sender."id" FROM "Device" device JOIN "CheckSender" sender USING ("macAddress")
    WHERE device."id" = ${deviceId}::uuid AND sender."deviceKey" IS NULL
  ))`;
  const earlier = Prisma.sql`${isBefore} AND (
    check_."deviceKey" = (SELECT "deviceKey" FROM "Device" WHERE "id" = ${deviceId}::uuid)
    OR (check_."deviceKey" IS NULL AND check_."macAddress" = (
      SELECT "macAddress" FROM "Device" WHERE "id" = ${deviceId}::uuid
    ))
  )`;
  const query = toQuery({
    selection: { condition, earlier: (await hasEarlierChecks(db)) ? earlier : null },
    order: NEWEST_FIRST,
    window: Prisma.sql`LIMIT ${take}`,
  });
  return parse(await db.$queryRaw(query));
}

/** The last check after a sign-in of each device that has one in the check log, by the device's id. */
export async function findLastSignIns(
  db: Db,
  deviceIds: readonly string[],
): Promise<ReadonlyMap<string, Date>> {
  const trigger = RECORDED_TRIGGERS.indexOf("signin") + 1;
  const senders = await db.$queryRaw<{ deviceId: string; senderId: number }[]>`
    SELECT device."id"::text AS "deviceId", sender."id" AS "senderId"
    FROM "Device" device JOIN "CheckSender" sender USING ("deviceKey")
    WHERE device."id" = ANY(${[...deviceIds]}::uuid[])`;
  const rows = await db.$queryRaw<{ senderId: number; at: Date }[]>`
    SELECT "senderId", max("at") AS "at" FROM "StoredCheck"
    WHERE "senderId" = ANY(${senders.map(({ senderId }) => senderId)}::int[]) AND "trigger" = ${trigger}::smallint
    GROUP BY "senderId"`;
  const bySender = new Map(rows.map(({ senderId, at }) => [senderId, at]));
  const byDevice = new Map<string, Date>();
  for (const { deviceId, senderId } of senders) {
    const at = bySender.get(senderId);
    const known = byDevice.get(deviceId);
    if (at !== undefined && (known === undefined || at > known)) {
      byDevice.set(deviceId, at);
    }
  }
  return byDevice;
}

type QueryParts = {
  readonly selection: CheckSelection;
  readonly order: Prisma.Sql;
  readonly window: Prisma.Sql;
};

/** Chooses the rows by their indexes first, and reads the facts of these rows only. */
function toQuery({ selection, order, window }: QueryParts): Prisma.Sql {
  const stored = Prisma.sql`SELECT stored.* FROM page JOIN "RecordedCheck" stored USING ("at", "id")`;
  const facts =
    selection.earlier === null
      ? stored
      : Prisma.sql`${stored}
          UNION ALL SELECT earlier.* FROM page JOIN "EarlierCheck" earlier USING ("at", "id")`;
  return Prisma.sql`
    WITH page AS MATERIALIZED (${toRows(selection)} ORDER BY ${order} ${window})
    SELECT check_.*, pool."fqdn" AS "poolFqdn", device."id"::text AS "deviceId"
    FROM (${facts}) check_
    LEFT JOIN "Pool" pool ON pool."id" = check_."poolId"
    LEFT JOIN "Device" device ON device."deviceKey" = check_."deviceKey"
    ORDER BY ${order}`;
}

function parse(rows: unknown): readonly CheckEntry[] {
  return z.array(checkRow).parse(rows);
}
