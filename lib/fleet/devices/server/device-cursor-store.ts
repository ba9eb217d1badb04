import "server-only";
import { z } from "zod";
import { Prisma } from "#generated/client";
import type { Db } from "#foundation/platform/db/client";
import type { KnownDeviceSummary } from "#fleet/devices/model";
import type { ProgressLimits } from "#fleet/devices/progress-state";
import type { DeviceSearch } from "#fleet/devices/search-params";
import type { DeviceFilter } from "#fleet/devices/server/device-sql";
import { toConditions } from "#fleet/devices/server/device-sql";
import { PLACES, joinPlaces } from "#fleet/devices/server/place-sql";
import { toOrder } from "#fleet/devices/server/order-sql";
import { summaryRow, toSummary } from "#fleet/devices/server/rows";
import { findMatchingKinds, raiseSortMemory } from "#fleet/devices/server/store";

/** A transaction has at most one cursor over devices. */
const CURSOR = Prisma.raw('"sorted_devices"');

type CursorOptions = Pick<DeviceSearch, "sort" | "order"> & { readonly limits: ProgressLimits };

/** Sorts the ids of matching devices and keeps them for `fetchDevices`, until the transaction ends. */
export async function openDeviceCursor(
  tx: Db,
  filter: DeviceFilter,
  { limits, sort, order: direction }: CursorOptions,
): Promise<void> {
  const kinds = await findMatchingKinds(tx, filter);
  const { ctes, joins, order } = toOrder({ sort, order: direction });
  await raiseSortMemory(tx);
  await tx.$executeRaw`
    DECLARE ${CURSOR} NO SCROLL CURSOR FOR
    WITH ${ctes} sorted AS MATERIALIZED (
      SELECT listed."deviceId" AS "id" FROM "ListedDevice" listed ${joins}
      WHERE ${toConditions(filter, { kinds, limits })}
      ORDER BY ${order}
    )
    SELECT "id"::text FROM sorted`;
}

/** The next devices of the open cursor, in its order; fewer than `take` at its end. */
export async function fetchDevices(
  tx: Db,
  { limits, take }: { readonly limits: ProgressLimits; readonly take: number },
): Promise<readonly KnownDeviceSummary[]> {
  const ids = await tx.$queryRaw<{ id: string }[]>`
    FETCH FORWARD ${Prisma.raw(String(take))} FROM ${CURSOR}`;
  const rows = await tx.$queryRaw`
    SELECT device.*, ${PLACES}
    FROM unnest(${ids.map(({ id }) => id)}::uuid[]) WITH ORDINALITY AS sorted ("id", "number")
    JOIN "Device" device ON device."id" = sorted."id"
    ${joinPlaces}
    ORDER BY sorted."number"`;
  return z
    .array(summaryRow)
    .parse(rows)
    .map((row) => toSummary(row, limits));
}
