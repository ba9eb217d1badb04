import "server-only";
import { z } from "zod";
import { Prisma } from "#generated/client";
import { distinctIgnoringCase } from "#foundation/core/fold-case";
import type { KnownDevice, KnownDeviceSummary } from "#fleet/devices/model";
import type { ProgressLimits } from "#fleet/devices/progress-state";
import type { DeviceSearch } from "#fleet/devices/search-params";
import type { DeviceFilter, MatchingKinds } from "#fleet/devices/server/device-sql";
import { isOfModel, reportsText, toConditions } from "#fleet/devices/server/device-sql";
import { toOrder } from "#fleet/devices/server/order-sql";
import { deviceRow, summaryRow, toDevice, toSummary } from "#fleet/devices/server/rows";
import type { Db } from "#foundation/platform/db/client";

/** The kinds that satisfy the conditions of a filter about what phones report; none if it has no such condition. */
async function findMatchingKinds(
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

/** Counts the devices that match a filter; `most` means that many or more. */
export async function countDevices(
  db: Db,
  filter: DeviceFilter,
  { limits, most }: { readonly limits: ProgressLimits; readonly most: number | null },
): Promise<number> {
  const kinds = await findMatchingKinds(db, filter);
  const [row] = await db.$queryRaw<[{ total: bigint }]>`
    SELECT count(*) AS "total" FROM (
      SELECT FROM "ListedDevice" listed WHERE ${toConditions(filter, { kinds, limits })} LIMIT ${most}
    ) matching`;
  return Number(row.total);
}

export type DeviceWindow = Pick<DeviceSearch, "sort" | "order"> & {
  readonly skip: number;
  readonly take: number;
};

type PageOptions = { readonly limits: ProgressLimits; readonly window: DeviceWindow };

/** One page of matching devices. */
export async function searchDevices(
  db: Db,
  filter: DeviceFilter,
  { limits, window }: PageOptions,
): Promise<readonly KnownDeviceSummary[]> {
  const kinds = await findMatchingKinds(db, filter);
  const rows = await db.$queryRaw(toPageQuery(filter, { kinds, limits, window }));
  return z
    .array(summaryRow)
    .parse(rows)
    .map((row) => toSummary(row, limits));
}

/** Lets the queries of a transaction sort a million ids in memory. */
export async function raiseSortMemory(tx: Db): Promise<void> {
  await tx.$executeRaw`SET LOCAL work_mem = '64MB'`;
}

/** Only ids are sorted; the rows of the page are read afterwards. */
export function toPageQuery(
  filter: DeviceFilter,
  { kinds, limits, window }: PageOptions & { readonly kinds: MatchingKinds },
): Prisma.Sql {
  const { ctes, joins, order } = toOrder(window);
  return Prisma.sql`
    WITH ${ctes} page AS MATERIALIZED (
      SELECT listed."deviceId" AS "id" FROM "ListedDevice" listed ${joins}
      WHERE ${toConditions(filter, { kinds, limits })}
      ORDER BY ${order} LIMIT ${window.take} OFFSET ${window.skip}
    ), numbered AS MATERIALIZED (
      SELECT "id", row_number() OVER () AS "number" FROM page
    )
    SELECT device.*, pool."fqdn" AS "poolFqdn"
    FROM numbered
    JOIN "Device" device ON device."id" = numbered."id"
    LEFT JOIN "Pool" pool ON pool."id" = device."poolId"
    ORDER BY numbered."number"`;
}

export async function findDeviceById(
  db: Db,
  id: string,
  limits: ProgressLimits,
): Promise<KnownDevice | null> {
  const rows = await db.$queryRaw`
    SELECT device.*, pool."fqdn" AS "poolFqdn"
    FROM "Device" device LEFT JOIN "Pool" pool ON pool."id" = device."poolId"
    WHERE device."id" = ${id}::uuid`;
  const [row] = z.array(deviceRow).parse(rows);
  return row === undefined ? null : toDevice(row, limits);
}

/** The models of the kinds and all pools: the values that lists can be filtered by. */
export async function findDeviceFacets(
  db: Db,
): Promise<{ readonly models: readonly string[]; readonly pools: readonly string[] }> {
  const [models, pools] = await Promise.all([
    // The model is empty for a phone whose check could not be parsed.
    db.$queryRaw<{ model: string }[]>`
      SELECT "model" FROM "PhoneKind" WHERE "model" <> '' GROUP BY "model"
      ORDER BY min("id") LIMIT ${MAX_FACET_MODELS}`,
    db.pool.findMany({ select: { fqdn: true }, orderBy: { fqdn: "asc" } }),
  ]);
  return {
    models: distinctIgnoringCase(models.map(({ model }) => model)),
    pools: pools.map(({ fqdn }) => fqdn),
  };
}

/** The oldest ones: models that phones invent come later. */
const MAX_FACET_MODELS = 300;
