import type { NetworkChange, NetworkPreview, SiteOverview } from "#fleet/sites/model";
import type { NetworkText } from "#fleet/sites/network";

type AroundRecord = { readonly network: NetworkText; readonly site: string };

/** A site as scripts read it. */
export type SiteRecord = Omit<SiteOverview, "networks"> & {
  readonly networks: readonly {
    readonly network: NetworkText;
    readonly phones: number;
    readonly within: AroundRecord | null;
  }[];
};

export function toSiteRecord({ networks, ...site }: SiteOverview): SiteRecord {
  return {
    ...site,
    networks: networks.map(({ network, phones, within }) => ({
      network,
      phones,
      within: toAroundRecord(within),
    })),
  };
}

/** What a change of networks would do, as scripts read it. */
export type NetworkPreviewRecord = {
  readonly networks: readonly {
    readonly network: NetworkText;
    readonly site: string;
    readonly change: NetworkChange;
    readonly fromSite: string | null;
    readonly within: AroundRecord | null;
    readonly phones: number;
  }[];
  readonly newSites: readonly string[];
};

export function toNetworkPreviewRecord({
  networks,
  newSites,
}: Omit<NetworkPreview, "refused">): NetworkPreviewRecord {
  return {
    networks: networks.map(({ network, siteName, change, fromSite, within, phones }) => ({
      network,
      site: siteName,
      change,
      fromSite,
      within: toAroundRecord(within),
      phones,
    })),
    newSites,
  };
}

function toAroundRecord(
  within: { readonly network: NetworkText; readonly siteName: string } | null,
): AroundRecord | null {
  return within && { network: within.network, site: within.siteName };
}
