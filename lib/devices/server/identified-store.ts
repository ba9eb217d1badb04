import "server-only";
import { hardwareKey } from "#lib/core/hardware";
import type { Hardware } from "#lib/core/hardware";
import { offeredModules, installedModules, progressColumn } from "#lib/devices/columns";
import type { KnownPhone } from "#lib/devices/model";
import type { ProgressLimits } from "#lib/devices/progress";
import { toUpdates } from "#lib/devices/to-updates";
import type { Db } from "#lib/platform/db/client";
import type { Prisma } from "#generated/client";

type DeviceRow = Prisma.DeviceGetPayload<object>;

/** The phones that carry one of these MAC addresses or serial numbers, last seen first. */
export async function findIdentifiedDevices(
  db: Db,
  by: { readonly macAddresses: readonly string[]; readonly serialNumbers: readonly string[] },
  limits: ProgressLimits,
): Promise<readonly KnownPhone[]> {
  const rows = await db.device.findMany({
    where: {
      OR: [
        { macAddress: { in: [...by.macAddresses] } },
        { serialNumber: { in: [...by.serialNumbers] } },
      ],
    },
    orderBy: [{ lastSeenAt: "desc" }, { id: "asc" }],
  });
  return rows.map((row) => toKnownPhone(row, limits));
}

/** Phones of one kind in one pool, last seen first. */
export async function findDevicesOfHardware(
  db: Db,
  { poolId, hardware }: { readonly poolId: string; readonly hardware: Hardware },
  { limits, most }: { readonly limits: ProgressLimits; readonly most: number },
): Promise<readonly KnownPhone[]> {
  const rows = await db.device.findMany({
    where: { poolId, hardwareKey: hardwareKey(hardware) },
    orderBy: [{ lastSeenAt: "desc" }, { id: "asc" }],
    take: most,
  });
  return rows.map((row) => toKnownPhone(row, limits));
}

function toKnownPhone(row: DeviceRow, limits: ProgressLimits): KnownPhone {
  const { deviceType, brand, model, revision, locale } = row;
  return {
    id: row.id,
    poolId: row.poolId,
    macAddress: row.macAddress,
    serialNumber: row.serialNumber,
    hardware: { deviceType, brand, model, revision, locale },
    version: row.version,
    installed: installedModules.parse(row.installed),
    offered: offeredModules.parse(row.offered),
    updates: toUpdates(progressColumn.parse(row.progress), row.lastSeenAt, limits),
    lastSeenAt: row.lastSeenAt,
  };
}
