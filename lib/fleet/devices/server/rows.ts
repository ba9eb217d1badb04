import "server-only";
import { z } from "zod";
import {
  installedModules,
  judgementRecords,
  offeredModules,
  progressColumn,
  serialChangesColumn,
  triggerColumn,
} from "#fleet/devices/columns";
import type { KnownDevice, KnownDeviceSummary } from "#fleet/devices/model";
import { CHECK_OUTCOMES, SIDES } from "#fleet/devices/model";
import type { ProgressLimits } from "#fleet/devices/progress-state";
import { mostUrgent } from "#fleet/devices/progress-state";
import type { Retirement } from "#fleet/devices/retirement";
import { hasSerialConflict } from "#fleet/devices/serial-changes";
import { updatesOfPhone } from "#fleet/devices/to-updates";
import { toHardware } from "#foundation/core/hardware";
import { hardwareSchema } from "#foundation/core/hardware-schema";

/** Schemas of the rows that the queries of this domain return, and their conversion to models. */

export const summaryRow = z.object({
  id: z.string(),
  macAddress: z.string().nullable(),
  serialNumber: z.string().nullable(),
  ...hardwareSchema.shape,
  poolFqdn: z.string().nullable(),
  siteName: z.string().nullable(),
  address: z.string(),
  side: z.enum(SIDES),
  userName: z.string().nullable(),
  version: z.string().nullable(),
  progress: progressColumn,
  serialChanges: serialChangesColumn,
  poolId: z.string().nullable(),
  installed: installedModules,
  lastSeenAt: z.date(),
});

/** All null if the phone is not retired. */
export const retirementColumns = {
  retiredAt: z.date().nullable(),
  retiredBy: z.string().nullable(),
  retiredReason: z.string().nullable(),
};

export const deviceRow = summaryRow.extend({
  ...retirementColumns,
  firstSeenAt: z.date(),
  updatedAt: z.date().nullable(),
  previousVersion: z.string().nullable(),
  offered: offeredModules,
  judgements: judgementRecords,
  outcome: z.enum(CHECK_OUTCOMES),
  trigger: triggerColumn,
});

export function toSummary(
  row: z.output<typeof summaryRow>,
  limits: ProgressLimits,
): KnownDeviceSummary {
  const updates = updatesOfPhone(row, limits);
  return {
    id: row.id,
    macAddress: row.macAddress,
    serialNumber: row.serialNumber,
    serialChanges: row.serialChanges,
    conflict: hasSerialConflict(row.serialChanges, row.lastSeenAt) ? "two_phones" : null,
    hardware: toHardware(row),
    poolId: row.poolId,
    poolFqdn: row.poolFqdn,
    siteName: row.siteName,
    installed: row.installed,
    address: row.address,
    side: row.side,
    userName: row.userName,
    version: row.version,
    progress: mostUrgent(updates.map(({ state }) => state)),
    updates,
    lastSeenAt: row.lastSeenAt,
  };
}

export function toDevice(row: z.output<typeof deviceRow>, limits: ProgressLimits): KnownDevice {
  return {
    ...toSummary(row, limits),
    firstSeenAt: row.firstSeenAt,
    updatedAt: row.updatedAt,
    previousVersion: row.previousVersion,
    offered: row.offered,
    judgements: row.judgements,
    outcome: row.outcome,
    trigger: row.trigger,
    retirement: toRetirement(row),
  };
}

type RetirementRow = {
  readonly retiredAt: Date | null;
  readonly retiredBy: string | null;
  readonly retiredReason: string | null;
};

export function toRetirement({
  retiredAt,
  retiredBy,
  retiredReason,
}: RetirementRow): Retirement | null {
  return retiredAt === null
    ? null
    : { at: retiredAt, by: retiredBy ?? "", reason: retiredReason ?? "" };
}
