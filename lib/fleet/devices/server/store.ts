import "server-only";
import { z } from "zod";
import { Prisma } from "#generated/client";
import { distinctIgnoringCase } from "#foundation/core/fold-case";
import type { Device, DeviceSummary } from "#fleet/devices/model";
import type { ProgressLimits } from "#fleet/devices/progress-state";
import type { DeviceSearch } from "#fleet/devices/search-params";
import { matchingDevices, standings, toOrder } from "#fleet/devices/server/device-sql";
import { deviceRow, summaryRow, toDevice, toSummary } from "#fleet/devices/server/rows";
import type { Db } from "#foundation/platform/db/client";

/** Counts the devices that match a search. */
export async function countDevices(
  db: Db,
  search: DeviceSearch,
  limits: ProgressLimits,
): Promise<number> {
  const [row] = await db.$queryRaw<[{ total: bigint }]>`
    SELECT count(*) AS "total" FROM (${matchingDevices(search, limits)}) matching`;
  return Number(row.total);
}

type SearchWindow = {
  readonly skip: number;
  readonly take: number;
  readonly limits: ProgressLimits;
};

/** One page of matching devices. States are computed for this page only, unless the search filters by state. */
export async function searchDevices(
  db: Db,
  search: DeviceSearch,
  { skip, take, limits }: SearchWindow,
): Promise<readonly DeviceSummary[]> {
  const order = toOrder(search);
  const rows = await db.$queryRaw`
    WITH page AS MATERIALIZED (
      SELECT device."id" FROM "Device" device LEFT JOIN "Pool" pool ON pool."id" = device."poolId"
      WHERE device."id" IN (${matchingDevices(search, limits)})
      ORDER BY ${order} LIMIT ${take} OFFSET ${skip}
    )
    SELECT device.*, pool."fqdn" AS "poolFqdn", standing."state", standing."isTestDevice"
    FROM "Device" device
    JOIN (${standings(Prisma.sql`device."id" IN (SELECT "id" FROM page)`)}) standing
      ON standing."id" = device."id"
    LEFT JOIN "Pool" pool ON pool."id" = device."poolId"
    ORDER BY ${order}`;
  return z
    .array(summaryRow)
    .parse(rows)
    .map((row) => toSummary(row, limits));
}

export async function findDeviceById(
  db: Db,
  id: string,
  limits: ProgressLimits,
): Promise<Device | null> {
  const rows = await db.$queryRaw`
    SELECT device.*, pool."fqdn" AS "poolFqdn", standing."state", standing."isTestDevice"
    FROM "Device" device
    JOIN (${standings(Prisma.sql`device."id" = ${id}::uuid`)}) standing
      ON standing."id" = device."id"
    LEFT JOIN "Pool" pool ON pool."id" = device."poolId"`;
  const [row] = z.array(deviceRow).parse(rows);
  return row === undefined ? null : toDevice(row, limits);
}

/** The models of the inventory and all pools: the values that the list can be filtered by. */
export async function findDeviceFacets(
  db: Db,
): Promise<{ readonly models: readonly string[]; readonly pools: readonly string[] }> {
  const [models, pools] = await Promise.all([
    // The model is empty for a phone whose check could not be parsed.
    db.$queryRaw<{ model: string }[]>`
      SELECT DISTINCT "model" FROM "Device" WHERE "model" <> ''`,
    db.pool.findMany({ select: { fqdn: true }, orderBy: { fqdn: "asc" } }),
  ]);
  return {
    models: distinctIgnoringCase(models.map(({ model }) => model)),
    pools: pools.map(({ fqdn }) => fqdn),
  };
}
