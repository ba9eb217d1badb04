import "server-only";
import { hardwareKey, toHardware } from "#foundation/core/hardware";
import type { Hardware } from "#foundation/core/hardware";
import {
  installedModules,
  offeredModules,
  progressColumn,
  serialChangesColumn,
} from "#fleet/devices/columns";
import type { KnownPhone } from "#fleet/devices/model";
import type { ProgressLimits } from "#fleet/devices/progress-state";
import { updatedSerialNumbers } from "#fleet/devices/serial-changes";
import { updatesOfPhone } from "#fleet/devices/to-updates";
import type { Db } from "#foundation/platform/db/client";
import type { Prisma } from "#generated/client";

type DeviceRow = Prisma.DeviceGetPayload<object>;

export type IdentifiedOptions = {
  readonly limits: ProgressLimits;
  /** Whether retired phones are found too. */
  readonly withRetired: boolean;
};

/** The phones with one of these MAC addresses or serial numbers, last seen first. */
export async function findIdentifiedDevices(
  db: Db,
  by: { readonly macAddresses: readonly string[]; readonly serialNumbers: readonly string[] },
  { limits, withRetired }: IdentifiedOptions,
): Promise<readonly KnownPhone[]> {
  // Serial numbers are compared without regard to case. The third query must agree with `updatedSerialNumbers`.
  const serialNumbers = by.serialNumbers.map((serialNumber) => serialNumber.toLowerCase());
  const found = await db.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "Device" WHERE "macAddress" = ANY(${[...by.macAddresses]})
    UNION SELECT "id" FROM "Device" WHERE lower("serialNumber") = ANY(${serialNumbers})
    UNION SELECT "id" FROM "Device", jsonb_array_elements("serialChanges") change
    WHERE "serialChanges" <> '[]' AND "macAddress" IS NOT NULL
      AND change ->> 'channel' = 'pending'
      AND lower(change ->> 'serialNumber') = ANY(${serialNumbers})`;
  const rows = await db.device.findMany({
    where: { id: { in: found.map(({ id }) => id) }, ...(withRetired ? {} : { retiredAt: null }) },
    orderBy: [{ lastSeenAt: "desc" }, { id: "asc" }],
  });
  return rows.map((row) => toKnownPhone(row, limits));
}

/** The phones with these ids that are not retired. */
export async function findDevicesById(
  db: Db,
  ids: readonly string[],
  limits: ProgressLimits,
): Promise<readonly KnownPhone[]> {
  const rows = await db.device.findMany({ where: { id: { in: [...ids] }, retiredAt: null } });
  return rows.map((row) => toKnownPhone(row, limits));
}

/** Phones of one kind in one pool that are not retired, last seen first. */
export async function findDevicesOfHardware(
  db: Db,
  { poolId, hardware }: { readonly poolId: string; readonly hardware: Hardware },
  { limits, most }: { readonly limits: ProgressLimits; readonly most: number },
): Promise<readonly KnownPhone[]> {
  const rows = await db.device.findMany({
    where: { poolId, hardwareKey: hardwareKey(hardware), retiredAt: null },
    orderBy: [{ lastSeenAt: "desc" }, { id: "asc" }],
    take: most,
  });
  return rows.map((row) => toKnownPhone(row, limits));
}

function toKnownPhone(row: DeviceRow, limits: ProgressLimits): KnownPhone {
  const { lastSeenAt } = row;
  const progress = progressColumn.parse(row.progress);
  const serialChanges = serialChangesColumn.parse(row.serialChanges);
  return {
    id: row.id,
    poolId: row.poolId,
    macAddress: row.macAddress,
    serialNumber: row.serialNumber,
    updatedSerialNumbers: updatedSerialNumbers(serialChanges),
    hardware: toHardware(row),
    version: row.version,
    installed: installedModules.parse(row.installed),
    offered: offeredModules.parse(row.offered),
    updates: updatesOfPhone({ progress, lastSeenAt, serialChanges }, limits),
    lastSeenAt,
  };
}
