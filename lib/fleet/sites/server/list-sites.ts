import "server-only";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db } from "#foundation/platform/db/client";
import type { SiteOverview } from "#fleet/sites/model";
import { toNetworkMatcher } from "#fleet/sites/network";
import { countPhonesBySite, findNetworks, findSitesWithPools } from "#fleet/sites/server/store";

/** All sites by name, with their pools, networks and phones. */
export async function listSites(context: UseCaseContext): Promise<readonly SiteOverview[]> {
  requirePermission(context.actor, "pool:read");
  requirePermission(context.actor, "device:read");
  const [sites, networks, counts] = await Promise.all([
    findSitesWithPools(db),
    findNetworks(db),
    countPhonesBySite(db),
  ]);
  const siteNames = new Map(sites.map(({ id, name }) => [id, name] as const));
  const around = toNetworkMatcher(networks);
  const networksOf = Map.groupBy(networks, ({ siteId }) => siteId);
  const phonesOf = Map.groupBy(counts, ({ siteId }) => siteId);
  const phonesIn = new Map(counts.map(({ networkId, phones }) => [networkId, phones] as const));
  return sites.map(({ id, name, pools, logSettings, _count }) => ({
    id,
    name,
    pools: pools.map(({ fqdn }) => fqdn),
    networks: (networksOf.get(id) ?? []).map(({ id: networkId, network }) => {
      const outer = around(network);
      return {
        id: networkId,
        network,
        phones: phonesIn.get(networkId) ?? 0,
        within: outer && {
          network: outer.network,
          siteName: siteNames.get(outer.siteId) ?? "",
        },
      };
    }),
    phones: (phonesOf.get(id) ?? []).reduce((sum, { phones }) => sum + phones, 0),
    testDevices: _count.testDevices,
    hasLogSettings: logSettings !== null,
  }));
}
