import "server-only";
import { z } from "zod";
import { Prisma } from "#generated/client";
import { distinctIgnoringCase } from "#foundation/core/fold-case";
import type { KnownDevice, KnownDeviceSummary } from "#fleet/devices/model";
import type { ProgressLimits } from "#fleet/devices/progress-state";
import type { DeviceFilter, MatchingKinds } from "#fleet/devices/server/device-sql";
import { isOfModel, reportsText, toConditions } from "#fleet/devices/server/device-sql";
import { PLACES, joinPlaces } from "#fleet/devices/server/place-sql";
import { DIRECTIONS, toOrder, toPageByKind } from "#fleet/devices/server/order-sql";
import type { DeviceWindow, KindWindow, PageOfIds } from "#fleet/devices/server/order-sql";
import { deviceRow, summaryRow, toDevice, toSummary } from "#fleet/devices/server/rows";
import type { Db } from "#foundation/platform/db/client";

/** The kinds that satisfy the conditions of a filter about what phones report; none if it has no such condition. */
export async function findMatchingKinds(
  db: Db,
  { q, model }: Pick<DeviceFilter, "q" | "model">,
): Promise<MatchingKinds> {
  const text = q.trim();
  if (text === "" && model.length === 0) {
    return { ofText: [], ofModel: [] };
  }
  const row = Prisma.sql`kind`;
  const rows = await db.$queryRaw<{ id: number; isOfText: boolean; isOfModel: boolean }[]>`
    SELECT "id", coalesce(${reportsText(row, text)}, false) AS "isOfText", ${isOfModel(row, model)} AS "isOfModel"
    FROM "PhoneKind" kind`;
  return {
    ofText: rows.filter(({ isOfText }) => isOfText).map(({ id }) => id),
    ofModel: rows.filter((kind) => kind.isOfModel).map(({ id }) => id),
  };
}

/**
 * Counts the devices that match a filter; `most` means that many or more. Counts a column, because PostgreSQL would count
 * rows by an index of kinds, which takes three times as long as reading the narrow table.
 */
export async function countDevices(
  db: Db,
  filter: DeviceFilter,
  { limits, most }: { readonly limits: ProgressLimits; readonly most: number | null },
): Promise<number> {
  const kinds = await findMatchingKinds(db, filter);
  const [row] = await db.$queryRaw<[{ total: bigint }]>`
    SELECT count("lastSeenAt") AS "total" FROM (
      SELECT listed."lastSeenAt" FROM "ListedDevice" listed WHERE ${toConditions(filter, { kinds, limits })} LIMIT ${most}
    ) matching`;
  return Number(row.total);
}

/** The ids of matching devices, at most `most`. */
export async function findDeviceIds(
  db: Db,
  filter: DeviceFilter,
  { limits, most }: { readonly limits: ProgressLimits; readonly most: number },
): Promise<readonly string[]> {
  const kinds = await findMatchingKinds(db, filter);
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT listed."deviceId"::text AS "id" FROM "ListedDevice" listed
    WHERE ${toConditions(filter, { kinds, limits })} LIMIT ${most}`;
  return rows.map(({ id }) => id);
}

/** Counts the matching devices, and those of them that checked since a time. */
export async function countDevicesSince(
  db: Db,
  filter: DeviceFilter,
  { limits, since }: { readonly limits: ProgressLimits; readonly since: Date },
): Promise<{ readonly total: number; readonly recent: number }> {
  const kinds = await findMatchingKinds(db, filter);
  const [row] = await db.$queryRaw<[{ total: bigint; recent: bigint }]>`
    SELECT count(*) AS "total", count(*) FILTER (WHERE listed."lastSeenAt" >= ${since}) AS "recent"
    FROM "ListedDevice" listed WHERE ${toConditions(filter, { kinds, limits })}`;
  return { total: Number(row.total), recent: Number(row.recent) };
}

export type DeviceSearchOptions = {
  readonly limits: ProgressLimits;
  readonly window: DeviceWindow;
  /** Minutes that have the window of a list in the order of the last check; null: any. */
  readonly minutes: MinuteSpan | null;
};

/** One page of matching devices. */
export async function searchDevices(
  db: Db,
  filter: DeviceFilter,
  options: DeviceSearchOptions,
): Promise<readonly KnownDeviceSummary[]> {
  const kinds = await findMatchingKinds(db, filter);
  return toSummaries(
    await db.$queryRaw(toPageQuery(filter, { ...options, kinds })),
    options.limits,
  );
}

function toSummaries(rows: unknown, limits: ProgressLimits): readonly KnownDeviceSummary[] {
  return z
    .array(summaryRow)
    .parse(rows)
    .map((row) => toSummary(row, limits));
}

/** The minutes of last checks from one to another, both included, with the number of devices before them in the order. */
export type MinuteSpan = {
  readonly first: Date;
  readonly last: Date;
  readonly before: number;
};

const spanRow = z.object({
  total: z.bigint(),
  first: z.date().nullable(),
  last: z.date().nullable(),
  before: z.bigint().nullable(),
});

const MINUTE = Prisma.sql`date_bin('1 minute', listed."lastSeenAt", timestamptz 'epoch')`;

/**
 * Counts the matching devices, and finds the minutes whose devices are in a window of the list in the order of the last
 * check: null if there are none. Only these devices are sorted then; a page in the middle would sort half of a fleet.
 */
export async function findMinutes(
  db: Db,
  filter: DeviceFilter,
  { limits, window }: Pick<DeviceSearchOptions, "limits" | "window">,
): Promise<{ readonly total: number; readonly minutes: MinuteSpan | null }> {
  const kinds = await findMatchingKinds(db, filter);
  const [row] = await db.$queryRaw<unknown[]>`
    WITH counted AS MATERIALIZED (
      SELECT ${MINUTE} AS "minute", count(*) AS "devices" FROM "ListedDevice" listed
      WHERE ${toConditions(filter, { kinds, limits })} GROUP BY 1
    ), placed AS (
      SELECT "minute", "devices",
        sum("devices") OVER (ORDER BY "minute" ${DIRECTIONS[window.order]})::bigint - "devices" AS "before"
      FROM counted
    )
    SELECT coalesce((SELECT sum("devices") FROM counted), 0)::bigint AS "total",
      min("minute") AS "first", max("minute") AS "last", min("before") AS "before"
    FROM placed
    WHERE "before" < ${window.skip + window.take} AND "before" + "devices" > ${window.skip}`;
  const { total, first, last, before } = spanRow.parse(row);
  return {
    total: Number(total),
    minutes: first === null || last === null ? null : { first, last, before: Number(before) },
  };
}

/** Lets the queries of a transaction sort a million ids in memory. */
export async function raiseSortMemory(tx: Db): Promise<void> {
  await tx.$executeRaw`SET LOCAL work_mem = '64MB'`;
}

/** Only ids are sorted; the rows of the page are read afterwards. */
export function toPageQuery(
  filter: DeviceFilter,
  { kinds, limits, window, minutes }: DeviceSearchOptions & { readonly kinds: MatchingKinds },
): Prisma.Sql {
  const { ctes, joins, order } = toOrder(window);
  const isInMinutes =
    minutes === null
      ? Prisma.sql`true`
      : Prisma.sql`${MINUTE} BETWEEN ${minutes.first} AND ${minutes.last}`;
  const page = Prisma.sql`
    SELECT listed."deviceId" AS "id" FROM "ListedDevice" listed ${joins}
    WHERE ${toConditions(filter, { kinds, limits })} AND ${isInMinutes}
    ORDER BY ${order} LIMIT ${window.take} OFFSET ${window.skip - (minutes?.before ?? 0)}`;
  return withRows({ ctes, page });
}

/** One page of all devices in the order of a column of the kinds: what `searchDevices` finds, for less. */
export async function findDevicesByKind(
  db: Db,
  { limits, window }: { readonly limits: ProgressLimits; readonly window: KindWindow },
): Promise<readonly KnownDeviceSummary[]> {
  const rows = await db.$queryRaw(withRows(toPageByKind(window)));
  return toSummaries(rows, limits);
}

/** Reads the rows of a page of ids. */
function withRows({ ctes, page }: PageOfIds): Prisma.Sql {
  return Prisma.sql`
    WITH ${ctes} page AS MATERIALIZED (${page}), numbered AS MATERIALIZED (
      SELECT "id", row_number() OVER () AS "number" FROM page
    )
    SELECT device.*, ${PLACES}
    FROM numbered
    JOIN "Device" device ON device."id" = numbered."id"
    ${joinPlaces}
    ORDER BY numbered."number"`;
}

export async function findDeviceById(
  db: Db,
  id: string,
  limits: ProgressLimits,
): Promise<KnownDevice | null> {
  const rows = await db.$queryRaw`
    SELECT device.*, ${PLACES}
    FROM "Device" device ${joinPlaces}
    WHERE device."id" = ${id}::uuid`;
  const [row] = z.array(deviceRow).parse(rows);
  return row === undefined ? null : toDevice(row, limits);
}

export type DeviceFacets = {
  readonly models: readonly string[];
  readonly pools: readonly string[];
  readonly sites: readonly string[];
};

/** The models of the kinds, all pools and all sites: the values that lists can be filtered by. */
export async function findDeviceFacets(db: Db): Promise<DeviceFacets> {
  const [models, pools, sites] = await Promise.all([
    // The model is empty for a phone whose check could not be parsed.
    db.$queryRaw<{ model: string }[]>`
      SELECT "model" FROM "PhoneKind" WHERE "model" <> '' GROUP BY "model"
      ORDER BY min("id") LIMIT ${MAX_FACET_MODELS}`,
    db.pool.findMany({ select: { fqdn: true }, orderBy: { fqdn: "asc" } }),
    db.site.findMany({ select: { name: true }, orderBy: { nameKey: "asc" } }),
  ]);
  return {
    models: distinctIgnoringCase(models.map(({ model }) => model)),
    pools: pools.map(({ fqdn }) => fqdn),
    sites: sites.map(({ name }) => name),
  };
}

/** The oldest ones: models that phones invent come later. */
const MAX_FACET_MODELS = 300;
