import type { NetworkChange, NetworkPreview, SiteName, SiteNetwork } from "#fleet/sites/model";
import { siteKey } from "#fleet/sites/model";
import type { NetworkText } from "#fleet/sites/network";
import { toNetworkMatcher } from "#fleet/sites/network";

/** Networks with the sites that they belong to, such as those of a list. */
export type Placement = { readonly network: NetworkText; readonly siteName: string };

/** Phones with one address and one site of their pool. */
export type PhonesAtAddress = {
  readonly address: string;
  /** Null if they belong to no pool. */
  readonly poolSite: string | null;
  readonly phones: number;
};

export type KnownNetworks = {
  readonly sites: readonly SiteName[];
  readonly networks: readonly SiteNetwork[];
  readonly phones: readonly PhonesAtAddress[];
};

/** What giving these networks to their sites would change: networks, sites and phones. */
export function predictNetworks(
  wanted: readonly Placement[],
  { sites, networks, phones }: KnownNetworks,
): Omit<NetworkPreview, "refused"> {
  const names = new Map(sites.map(({ id, name }) => [id, name] as const));
  const spellings = new Map(sites.map(({ name }) => [siteKey(name), name] as const));
  const before = new Map(
    networks.map(({ network, siteId }) => [network, names.get(siteId) ?? ""] as const),
  );
  const listed = wanted.map(({ network, siteName }) => ({
    network,
    siteName: spellings.get(siteKey(siteName)) ?? siteName,
  }));
  const after = new Map([
    ...before,
    ...listed.map(({ network, siteName }) => [network, siteName] as const),
  ]);
  const around = toMatcher(after);
  const changed = new Set(
    listed
      .filter(({ network, siteName }) => toChange(before.get(network), siteName) !== "unchanged")
      .map(({ network }) => network),
  );
  const moving = countMoving(phones, { changed, before: toMatcher(before), after: around });
  const newNames = listed.filter(({ siteName }) => !spellings.has(siteKey(siteName)));
  return {
    networks: listed.map(({ network, siteName }) => ({
      network,
      siteName,
      change: toChange(before.get(network), siteName),
      fromSite: before.get(network) ?? null,
      within: around(network),
      phones: moving.get(network) ?? 0,
    })),
    newSites: [...new Map(newNames.map(({ siteName }) => [siteKey(siteName), siteName])).values()],
  };
}

type Matcher = ReturnType<typeof toMatcher>;

function toMatcher(placed: ReadonlyMap<NetworkText, string>) {
  return toNetworkMatcher([...placed].map(([network, siteName]) => ({ network, siteName })));
}

type Moves = {
  /** Only these networks can take a phone to another site. */
  readonly changed: ReadonlySet<NetworkText>;
  readonly before: Matcher;
  readonly after: Matcher;
};

/** The phones that would be at another site, by the network that takes them there. */
function countMoving(
  phones: readonly PhonesAtAddress[],
  { changed, before, after }: Moves,
): ReadonlyMap<NetworkText, number> {
  const counts = new Map<NetworkText, number>();
  for (const { address, poolSite, phones: count } of phones) {
    const next = after(address);
    if (next === null || !changed.has(next.network)) {
      continue;
    }
    if (!isSameSite(next.siteName, before(address)?.siteName ?? poolSite)) {
      counts.set(next.network, (counts.get(next.network) ?? 0) + count);
    }
  }
  return counts;
}

function isSameSite(one: string, other: string | null): boolean {
  return other !== null && siteKey(one) === siteKey(other);
}

function toChange(fromSite: string | undefined, siteName: string): NetworkChange {
  if (fromSite === undefined) {
    return "added";
  }
  return isSameSite(siteName, fromSite) ? "unchanged" : "moved";
}
