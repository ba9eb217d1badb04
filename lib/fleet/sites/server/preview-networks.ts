import "server-only";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { NetworkPreview } from "#fleet/sites/model";
import { readNetworkList } from "#fleet/sites/read-network-list";
import type { PreviewNetworksInput } from "#fleet/sites/schema";
import { previewPlacements } from "#fleet/sites/server/preview-placements";

/** Reads a pasted list of networks, and says what it would change. Changes nothing. */
export async function previewNetworks(
  context: UseCaseContext,
  { text, defaultSite }: PreviewNetworksInput,
): Promise<NetworkPreview> {
  requirePermission(context.actor, "pool:read");
  const { networks, refused } = readNetworkList(text, defaultSite);
  return { ...(await previewPlacements(context, { networks })), refused };
}
