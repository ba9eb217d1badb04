import "server-only";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { SiteOverview } from "#fleet/sites/model";
import { listSites } from "#fleet/sites/server/list-sites";

/** A site with what belongs to it; null if there is none with this id. */
export async function findSite(context: UseCaseContext, id: string): Promise<SiteOverview | null> {
  requirePermission(context.actor, "pool:read");
  const sites = await listSites(context);
  return sites.find((site) => site.id === id) ?? null;
}
