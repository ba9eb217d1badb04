import "server-only";
import { z } from "zod";
import type { CountedContent, MarkedPhone, PoolContent, PoolKind } from "#fleet/devices/kind";
import type { KnownDevice, KnownDeviceSummary } from "#fleet/devices/model";
import type { PhoneGroup } from "#fleet/devices/phone-group";
import { currentLimits } from "#fleet/devices/server/current-limits";
import type { DeviceFilter } from "#fleet/devices/server/device-sql";
import { countPhoneGroups } from "#fleet/devices/server/fleet-count-store";
import {
  countContents,
  findContentWithoutKind,
  findPhonesByMark,
  findPoolKinds,
} from "#fleet/devices/server/kind-store";
import type { PhoneIdentifiers } from "#fleet/devices/server/kind-store";
import type { DeviceWindow } from "#fleet/devices/server/order-sql";
import {
  countDevices,
  countDevicesSince,
  findDeviceById,
  findDeviceIds,
  searchDevices,
} from "#fleet/devices/server/store";
import { db } from "#foundation/platform/db/client";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";

/**
 * Reads the recorded facts of phones. What the current rules make of them is decided above (lib/phones/inventory),
 * because rules belong to a higher wing.
 */

/** Counts the phones that match a filter; `most` means that many or more. */
export async function countKnownDevices(
  context: UseCaseContext,
  filter: DeviceFilter,
  most: number | null,
): Promise<number> {
  requirePermission(context.actor, "device:read");
  return countDevices(db, filter, { limits: currentLimits(context.now), most });
}

/** The ids of the phones that match a filter, at most `most`. */
export async function findKnownDeviceIds(
  context: UseCaseContext,
  filter: DeviceFilter,
  most: number,
): Promise<readonly string[]> {
  requirePermission(context.actor, "device:read");
  return findDeviceIds(db, filter, { limits: currentLimits(context.now), most });
}

/** Counts the phones that match a filter, and those of them that checked since a time. */
export async function countKnownDevicesSince(
  context: UseCaseContext,
  filter: DeviceFilter,
  since: Date,
): Promise<{ readonly total: number; readonly recent: number }> {
  requirePermission(context.actor, "device:read");
  return countDevicesSince(db, filter, { limits: currentLimits(context.now), since });
}

/** Some of the phones that match a filter. */
export async function findKnownDevices(
  context: UseCaseContext,
  filter: DeviceFilter,
  window: DeviceWindow,
): Promise<readonly KnownDeviceSummary[]> {
  requirePermission(context.actor, "device:read");
  return searchDevices(db, filter, { limits: currentLimits(context.now), window, minutes: null });
}

/** Null if no phone has this id. */
export async function findKnownDevice(
  context: UseCaseContext,
  id: string,
): Promise<KnownDevice | null> {
  requirePermission(context.actor, "device:read");
  return z.uuid().safeParse(id).success ? findDeviceById(db, id, currentLimits(context.now)) : null;
}

/** The kinds that occur in each pool. */
export async function listPoolKinds(context: UseCaseContext): Promise<readonly PoolKind[]> {
  requirePermission(context.actor, "device:read");
  return findPoolKinds(db);
}

/** What the phones without a kind that have one of these hardware keys report. */
export async function listContentWithoutKind(
  context: UseCaseContext,
  hardwareKeys: readonly string[],
): Promise<readonly PoolContent[]> {
  requirePermission(context.actor, "device:read");
  return findContentWithoutKind(db, hardwareKeys);
}

/** The phones with one of these marks: those that other facts than their kind may decide about. */
export async function listPhonesByMark(
  context: UseCaseContext,
  marks: PhoneIdentifiers,
): Promise<readonly MarkedPhone[]> {
  requirePermission(context.actor, "device:read");
  return findPhonesByMark(db, marks);
}

/** What the phones with one of these hardware keys report, with their number. */
export async function countContentsOf(
  context: UseCaseContext,
  hardwareKeys: readonly string[],
): Promise<readonly CountedContent[]> {
  requirePermission(context.actor, "device:read");
  return countContents(db, hardwareKeys);
}

/** All listed phones, counted by pool and by what they report. */
export async function countFleetGroups(context: UseCaseContext): Promise<readonly PhoneGroup[]> {
  requirePermission(context.actor, "device:read");
  return countPhoneGroups(db, currentLimits(context.now));
}
