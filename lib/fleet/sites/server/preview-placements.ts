import "server-only";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db } from "#foundation/platform/db/client";
import type { Placement } from "#fleet/sites/predict-networks";
import { predictNetworks } from "#fleet/sites/predict-networks";
import type { NetworkPreview } from "#fleet/sites/model";
import { countPhonesByAddress, findNetworks, findSiteNames } from "#fleet/sites/server/store";

/** What `setNetworks` would change. Reads the addresses of all phones: about a second for 100,000. */
export async function previewPlacements(
  context: UseCaseContext,
  { networks: wanted }: { readonly networks: readonly Placement[] },
): Promise<Omit<NetworkPreview, "refused">> {
  requirePermission(context.actor, "pool:read");
  requirePermission(context.actor, "device:read");
  const [sites, networks, phones] = await Promise.all([
    findSiteNames(db),
    findNetworks(db),
    countPhonesByAddress(db),
  ]);
  return predictNetworks(wanted, { sites, networks, phones });
}
