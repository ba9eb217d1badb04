import "server-only";
import type { DeviceFacets } from "#fleet/devices/server/store";
import { findDeviceFacets } from "#fleet/devices/server/store";
import { db } from "#foundation/platform/db/client";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";

/** The models, pools and sites that lists of phones and checks can be filtered by. */
export async function listDeviceFacets(context: UseCaseContext): Promise<DeviceFacets> {
  requirePermission(context.actor, "device:read");
  return findDeviceFacets(db);
}
