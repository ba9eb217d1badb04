import "server-only";
import { z } from "zod";
import { Prisma } from "#generated/client";
import type { CheckEntry } from "#phones/check-log/check-row";
import { checkRow } from "#phones/check-log/check-row";
import type { CheckFilter, CheckSearch } from "#phones/check-log/search-params";
import { MAX_COUNTED_CHECKS } from "#phones/check-log/search-params";
import { readMacAddress } from "#foundation/core/mac-address";
import { toMacDigits } from "#foundation/core/search-text";
import { toTimeRange } from "#foundation/core/time";
import type { Db } from "#foundation/platform/db/client";
import { containsText, equalsIgnoringCase } from "#foundation/platform/db/text-filter";

const NEWEST_FIRST = Prisma.sql`check_."at" DESC, check_."id" DESC`;

/** The number of matching checks; `MAX_COUNTED_CHECKS` means that many or more. */
export async function countChecks(db: Db, filter: CheckFilter): Promise<number> {
  const [found] = await db.$queryRaw<[{ total: bigint }]>`
    SELECT count(*) AS "total" FROM (
      SELECT 1 FROM "DeviceCheck" check_ WHERE ${toConditions(filter)} LIMIT ${MAX_COUNTED_CHECKS}
    ) matching`;
  return Number(found.total);
}

export async function searchChecks(
  db: Db,
  search: CheckSearch,
  { skip, take }: { readonly skip: number; readonly take: number },
): Promise<readonly CheckEntry[]> {
  const direction = search.order === "asc" ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  return read(db, {
    condition: toConditions(search),
    order: Prisma.sql`check_."at" ${direction}, check_."id" ${direction}`,
    window: Prisma.sql`LIMIT ${take} OFFSET ${skip}`,
  });
}

/** The last check of a batch. */
export type CheckCursor = { readonly at: Date; readonly id: string };

/** The next batch of checks after a cursor, newest first. Each batch costs the same as the first one. */
export async function findChecksAfter(
  db: Db,
  filter: CheckFilter,
  { cursor, take }: { readonly cursor: CheckCursor | null; readonly take: number },
): Promise<readonly CheckEntry[]> {
  const after =
    cursor === null
      ? Prisma.sql`true`
      : Prisma.sql`(check_."at", check_."id") < (${cursor.at}::timestamptz, ${BigInt(cursor.id)}::bigint)`;
  return read(db, {
    condition: Prisma.sql`${toConditions(filter)} AND ${after}`,
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
    condition: Prisma.sql`check_."deviceKey" = (
      SELECT "deviceKey" FROM "Device" WHERE "id" = ${deviceId}::uuid
    )`,
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
      SELECT * FROM "DeviceCheck" check_ WHERE ${condition} ORDER BY ${order} ${window}
    )
    SELECT check_.*, pool."fqdn" AS "poolFqdn", device."id"::text AS "deviceId"
    FROM page check_
    LEFT JOIN "Pool" pool ON pool."id" = check_."poolId"
    LEFT JOIN "Device" device ON device."deviceKey" = check_."deviceKey"
    ORDER BY ${order}`;
  return z.array(checkRow).parse(rows);
}

function toConditions(filter: CheckFilter): Prisma.Sql {
  const { from, before } = toTimeRange(filter.from, filter.to);
  const conditions = [
    Prisma.sql`true`,
    ...(from === null ? [] : [Prisma.sql`check_."at" >= ${from}`]),
    ...(before === null ? [] : [Prisma.sql`check_."at" < ${before}`]),
    ...(filter.model.length === 0
      ? []
      : [equalsIgnoringCase(Prisma.sql`check_."model"`, filter.model)]),
    ...isOneOf(Prisma.sql`check_."outcome"`, filter.outcome),
    ...isOneOf(Prisma.sql`check_."side"`, filter.side),
    ...isOneOf(Prisma.sql`check_."dialect"`, filter.dialect),
    ...isOneOf(Prisma.sql`check_."trigger"`, filter.trigger),
    ...(filter.pool.length === 0
      ? []
      : [
          Prisma.sql`check_."poolId" IN (
            SELECT "id" FROM "Pool" WHERE ${equalsIgnoringCase(Prisma.sql`"fqdn"`, filter.pool)}
          )`,
        ]),
    ...(filter.verdict.length === 0 ? [] : [hasVerdict(filter.verdict)]),
    ...(filter.q.trim() === "" ? [] : [matchesText(filter.q.trim())]),
  ];
  return Prisma.join(conditions, " AND ");
}

function isOneOf(column: Prisma.Sql, values: readonly string[]): readonly Prisma.Sql[] {
  return values.length === 0 ? [] : [Prisma.sql`${column} = ANY(${[...values]})`];
}

function hasVerdict(verdicts: readonly string[]): Prisma.Sql {
  const wanted = verdicts.map(
    (verdict) => Prisma.sql`check_."judgements" @> ${JSON.stringify([{ verdict }])}::jsonb`,
  );
  return Prisma.sql`(${Prisma.join(wanted, " OR ")})`;
}

/** A complete MAC address is an index lookup; any other text is a substring search. */
function matchesText(text: string): Prisma.Sql {
  const macAddress = readMacAddress(text);
  if (macAddress !== null) {
    // A refused check belongs to no phone, so only its stated MAC address can match.
    return Prisma.sql`(
      check_."deviceKey" = ${`mac:${macAddress.toLowerCase()}`}
      OR (check_."refusal" IS NOT NULL AND check_."macAddress" = ${macAddress})
    )`;
  }
  const digits = toMacDigits(text);
  const conditions = [
    ...(digits === null ? [] : [containsText(Prisma.sql`check_."macAddress"`, digits)]),
    containsText(Prisma.sql`check_."serialNumber"`, text),
    containsText(Prisma.sql`check_."address"`, text),
    containsText(Prisma.sql`check_."userName"`, text),
  ];
  return Prisma.sql`(${Prisma.join(conditions, " OR ")})`;
}
