import "server-only";
import { findDeviceFacets } from "#fleet/devices/server/store";
import { db } from "#foundation/platform/db/client";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";

/** The models and pools that lists of phones and checks can be filtered by. */
export async function listDeviceFacets(
  context: UseCaseContext,
): Promise<{ readonly models: readonly string[]; readonly pools: readonly string[] }> {
  requirePermission(context.actor, "device:read");
  return findDeviceFacets(db);
}
