import "server-only";
import type { Hardware } from "#foundation/core/hardware";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { KnownPhone } from "#fleet/devices/model";
import { currentLimits } from "#fleet/devices/server/current-limits";
import {
  findDevicesById,
  findDevicesOfHardware,
  findIdentifiedDevices,
} from "#fleet/devices/server/identified-store";
import { db } from "#foundation/platform/db/client";

/** Administrators find further phones by a search in the inventory. */
const MAX_SUGGESTIONS = 200;

/** Finds phones by MAC address (upper-case hex digits) or serial number; retired phones only with `withRetired`. */
export async function findKnownPhones(
  context: UseCaseContext,
  by: { readonly macAddresses: readonly string[]; readonly serialNumbers: readonly string[] },
  { withRetired = false }: { readonly withRetired?: boolean } = {},
): Promise<readonly KnownPhone[]> {
  requirePermission(context.actor, "device:read");
  return findIdentifiedDevices(db, by, { limits: currentLimits(context.now), withRetired });
}

/** The phones of one hardware in a pool, last seen first: candidates for the test of an update. */
export async function findPhonesOfHardware(
  context: UseCaseContext,
  kind: { readonly poolId: string; readonly hardware: Hardware },
): Promise<readonly KnownPhone[]> {
  requirePermission(context.actor, "device:read");
  const limits = currentLimits(context.now);
  return findDevicesOfHardware(db, kind, { limits, most: MAX_SUGGESTIONS });
}

/** The phones with these ids that are not retired. */
export async function findPhonesById(
  context: UseCaseContext,
  ids: readonly string[],
): Promise<readonly KnownPhone[]> {
  requirePermission(context.actor, "device:read");
  return findDevicesById(db, ids, currentLimits(context.now));
}
