import "server-only";
import { z } from "zod";
import { Prisma } from "#generated/client";
import type { NamedPhone } from "#fleet/devices/audit-facts";
import type { ProgressLimits } from "#fleet/devices/progress-state";
import type { RetiredPhone } from "#fleet/devices/model";
import type { DeviceEvent, DeviceEventKind, Retirement } from "#fleet/devices/retirement";
import { DEVICE_EVENT_KINDS } from "#fleet/devices/retirement";
import type { RetiredSearch } from "#fleet/devices/retired-search-params";
import { PLACES, joinPlaces } from "#fleet/devices/server/place-sql";
import { retirementColumns, summaryRow, toRetirement, toSummary } from "#fleet/devices/server/rows";
import type { Db } from "#foundation/platform/db/client";
import { identifiedBy, phoneIdentity } from "#foundation/platform/db/identity-filter";
import { containsText } from "#foundation/platform/db/text-filter";

const namedRows = z.array(
  z.object({
    id: z.string(),
    model: z.string(),
    macAddress: z.string().nullable(),
    serialNumber: z.string().nullable(),
  }),
);

/** The fixed lock order that the batches of checks have too, which prevents deadlocks. */
function lockedDevices(ids: readonly string[], condition: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`locked AS MATERIALIZED (
    SELECT "id" FROM "Device" WHERE "id" = ANY(${[...ids]}::uuid[]) AND ${condition}
    ORDER BY "deviceKey" FOR NO KEY UPDATE
  )`;
}

/** Retires phones that are not retired yet; returns them. A trigger takes them out of the lists. */
export async function retireDevices(
  tx: Db,
  ids: readonly string[],
  { at, by, reason }: Retirement,
): Promise<readonly NamedPhone[]> {
  const rows = await tx.$queryRaw`
    WITH ${lockedDevices(ids, Prisma.sql`"retiredAt" IS NULL`)}
    UPDATE "Device" device SET "retiredAt" = ${at}, "retiredBy" = ${by}, "retiredReason" = ${reason}
    FROM locked WHERE device."id" = locked."id"
    RETURNING device."id"::text, device."model", device."macAddress", device."serialNumber"`;
  return namedRows.parse(rows);
}

/** Restores retired phones; returns them. A trigger lists them again. */
export async function restoreDevices(
  tx: Db,
  ids: readonly string[],
): Promise<readonly NamedPhone[]> {
  const rows = await tx.$queryRaw`
    WITH ${lockedDevices(ids, Prisma.sql`"retiredAt" IS NOT NULL`)}
    UPDATE "Device" device SET "retiredAt" = NULL, "retiredBy" = NULL, "retiredReason" = NULL
    FROM locked WHERE device."id" = locked."id"
    RETURNING device."id"::text, device."model", device."macAddress", device."serialNumber"`;
  return namedRows.parse(rows);
}

export type NewDeviceEvent = {
  readonly at: Date;
  readonly kind: DeviceEventKind;
  readonly actorName: string;
  readonly reason: string;
};

/** Adds the same event to the history of several phones. */
export async function insertDeviceEvents(
  tx: Db,
  ids: readonly string[],
  { at, kind, actorName, reason }: NewDeviceEvent,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO "DeviceEvent" ("deviceId", "at", "kind", "actorName", "reason")
    SELECT "id", ${at}, ${kind}, ${actorName}, ${reason} FROM unnest(${[...ids]}::uuid[]) AS phone ("id")`;
}

const eventRows = z.array(
  z
    .object({
      id: z.bigint().transform(String),
      at: z.date(),
      kind: z.enum(DEVICE_EVENT_KINDS),
      actorName: z.string(),
      reason: z.string(),
      facts: z.object({ mergedFrom: z.string().default("") }),
    })
    .transform(({ facts, ...event }): DeviceEvent => ({ ...event, mergedFrom: facts.mergedFrom })),
);

/** The newest events of a phone, newest first. */
export async function findDeviceEvents(
  db: Db,
  deviceId: string,
  most: number,
): Promise<readonly DeviceEvent[]> {
  const rows = await db.deviceEvent.findMany({
    where: { deviceId },
    orderBy: { id: "desc" },
    take: most,
  });
  return eventRows.parse(rows);
}

const retiredRow = summaryRow.extend(retirementColumns);

const SORT_VALUES = {
  retiredAt: Prisma.sql`device."retiredAt"`,
  lastSeenAt: Prisma.sql`device."lastSeenAt"`,
  model: Prisma.sql`lower(device."model")`,
} as const satisfies Record<RetiredSearch["sort"], Prisma.Sql>;

type RetiredWindow = { readonly skip: number; readonly take: number };

/** One page of retired phones and how many match. An index has the retired phones. */
export async function searchRetiredDevices(
  db: Db,
  { q, sort, order }: RetiredSearch,
  { limits, window }: { readonly limits: ProgressLimits; readonly window: RetiredWindow },
): Promise<{ readonly devices: readonly RetiredPhone[]; readonly total: number }> {
  const where = Prisma.sql`device."retiredAt" IS NOT NULL AND ${matchesText(q.trim())}`;
  const direction = order === "asc" ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  const [rows, [counted]] = await Promise.all([
    db.$queryRaw`
      SELECT device.*, ${PLACES}
      FROM "Device" device ${joinPlaces}
      WHERE ${where}
      ORDER BY ${SORT_VALUES[sort]} ${direction}, device."id" ASC
      LIMIT ${window.take} OFFSET ${window.skip}`,
    db.$queryRaw<
      [{ total: bigint }]
    >`SELECT count(*) AS "total" FROM "Device" device WHERE ${where}`,
  ]);
  return {
    devices: z
      .array(retiredRow)
      .parse(rows)
      .flatMap((row) => {
        const retirement = toRetirement(row);
        return retirement === null ? [] : [{ ...toSummary(row, limits), retirement }];
      }),
    total: Number(counted.total),
  };
}

/** The ids of the retired phones that match a text, at most `most`. */
export async function findRetiredIds(db: Db, q: string, most: number): Promise<readonly string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT device."id"::text AS "id" FROM "Device" device
    WHERE device."retiredAt" IS NOT NULL AND ${matchesText(q.trim())} LIMIT ${most}`;
  return rows.map(({ id }) => id);
}

function matchesText(text: string): Prisma.Sql {
  if (text === "") {
    return Prisma.sql`true`;
  }
  const device = Prisma.sql`device`;
  const conditions = [
    ...identifiedBy(phoneIdentity(device), text).map((condition) => Prisma.sql`(${condition})`),
    containsText(Prisma.sql`device."model"`, text),
    containsText(Prisma.sql`device."version"`, text),
  ];
  return Prisma.sql`(${Prisma.join(conditions, " OR ")})`;
}
