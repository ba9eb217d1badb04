import "server-only";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db } from "#foundation/platform/db/client";
import type { SiteName } from "#fleet/sites/model";
import { findSiteNames } from "#fleet/sites/server/store";

/** The names of all sites, in order. */
export async function listSiteNames(context: UseCaseContext): Promise<readonly SiteName[]> {
  requirePermission(context.actor, "pool:read");
  return findSiteNames(db);
}
