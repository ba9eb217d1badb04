import "server-only";
import { findSitesOfDevices } from "#fleet/devices/server/place-store";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db } from "#foundation/platform/db/client";

/** The name of the site of each phone, by its id; a phone that is at no site is absent. */
export async function findSitesOfPhones(
  context: UseCaseContext,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  requirePermission(context.actor, "device:read");
  return findSitesOfDevices(db, ids);
}
