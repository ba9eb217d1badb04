import type { NetworkText } from "#fleet/sites/network";

/** More networks than an organisation has; they are in the memory of every process that answers phones. */
export const MAX_SITE_NETWORKS = 5_000;

export type SiteName = { readonly id: string; readonly name: string };

/**
 * What two spellings of a site's name have in common; the only comparison of such names, and the column `nameKey`. People
 * write the names, so letters beyond A to Z have two cases too. The language of the machine does not matter: `ß` is not
 * `ss`, and `İ` is not `i`.
 */
export function siteKey(name: string): string {
  return name.toLowerCase();
}

/** A network of a site as the service uses it. */
export type SiteNetwork = {
  readonly id: number;
  readonly network: NetworkText;
  readonly siteId: string;
};

/** A network in the list of sites. */
export type ListedNetwork = Pick<SiteNetwork, "id" | "network"> & {
  /** The phones that it decides about: those of longer prefixes within it are not among them. */
  readonly phones: number;
  /** The next larger network of any site that contains it; null if there is none. */
  readonly within: { readonly network: NetworkText; readonly siteName: string } | null;
};

/** A site with what belongs to it. */
export type SiteOverview = {
  readonly id: string;
  readonly name: string;
  /** Names of pools. */
  readonly pools: readonly string[];
  readonly networks: readonly ListedNetwork[];
  /** The phones whose site it is. */
  readonly phones: number;
  /** The test devices that count at this site only. */
  readonly testDevices: number;
  readonly hasLogSettings: boolean;
};

/** What adding a network to a site would change. */
export const NETWORK_CHANGES = ["added", "moved", "unchanged"] as const;
export type NetworkChange = (typeof NETWORK_CHANGES)[number];

/** Why a line of a pasted list is no network of a site. */
export const NETWORK_PROBLEMS = [
  "not_a_network",
  "no_prefix",
  "host_bits",
  "no_site",
  "other_site",
] as const;
export type NetworkProblem = (typeof NETWORK_PROBLEMS)[number];

/** A line of a pasted list that cannot be used. */
export type RefusedLine = {
  /** Counted from 1. */
  readonly line: number;
  readonly text: string;
  readonly problem: NetworkProblem;
  /** The network that is probably meant; null if that cannot be said. */
  readonly meant: NetworkText | null;
};

/** What a pasted list would change. */
export type NetworkPreview = {
  readonly networks: readonly {
    readonly network: NetworkText;
    readonly siteName: string;
    readonly change: NetworkChange;
    /** The site that it belongs to now; null if it belongs to none. */
    readonly fromSite: string | null;
    readonly within: ListedNetwork["within"];
    /** The phones that it would take to another site. */
    readonly phones: number;
  }[];
  readonly refused: readonly RefusedLine[];
  /** The sites that would be created. */
  readonly newSites: readonly string[];
};

/** `unchanged`: networks that belonged to their site already. */
export type SetNetworksReport = {
  readonly added: number;
  readonly moved: number;
  readonly unchanged: number;
};
