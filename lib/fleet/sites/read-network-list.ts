import type { RefusedLine } from "#fleet/sites/model";
import { siteKey } from "#fleet/sites/model";
import type { NetworkText } from "#fleet/sites/network";
import { readNetwork } from "#fleet/sites/network";
import { MAX_SITE_NAME_CHARS } from "#fleet/sites/schema";

export type ReadNetworkList = {
  /** Each network once. */
  readonly networks: readonly { readonly network: NetworkText; readonly siteName: string }[];
  readonly refused: readonly RefusedLine[];
};

/** A separator and the name of the site behind the network. */
const SEPARATOR = /[;,\t]/;
const HEADER = /^"?(?:networks?|cidr|subnets?)\b/i;

/**
 * Reads lines such as `10.4.0.0/16;Berlin`, separated by a semicolon, a comma or a tab. A line without a site is a network
 * of the default site. Empty lines, lines that begin with `#` and a header line are skipped.
 */
export function readNetworkList(text: string, defaultSite: string | null): ReadNetworkList {
  const networks = new Map<NetworkText, string>();
  const refused: RefusedLine[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const written = line.trim();
    if (isSkipped(written, index)) {
      continue;
    }
    const { network, siteName, problem, meant } = readLine(written, defaultSite);
    if (problem !== null) {
      refused.push({ line: index + 1, text: written, problem, meant });
      continue;
    }
    const earlier = networks.get(network) ?? siteName;
    if (siteKey(earlier) === siteKey(siteName)) {
      networks.set(network, earlier);
    } else {
      refused.push({ line: index + 1, text: written, problem: "other_site", meant: null });
    }
  }
  return {
    networks: [...networks].map(([network, siteName]) => ({ network, siteName })),
    refused,
  };
}

function isSkipped(line: string, index: number): boolean {
  return line === "" || line.startsWith("#") || (index === 0 && HEADER.test(line));
}

type ReadLine =
  | {
      readonly problem: null;
      readonly network: NetworkText;
      readonly siteName: string;
      readonly meant: null;
    }
  | (Pick<RefusedLine, "problem" | "meant"> & { readonly network: null; readonly siteName: null });

function readLine(line: string, defaultSite: string | null): ReadLine {
  const at = line.search(SEPARATOR);
  const read = readNetwork(unquoted(at < 0 ? line : line.slice(0, at)));
  if (read.problem !== null) {
    return { problem: read.problem, network: null, siteName: null, meant: read.meant };
  }
  const siteName = (at < 0 ? "" : unquoted(line.slice(at + 1))) || defaultSite;
  return siteName === null || siteName.length > MAX_SITE_NAME_CHARS
    ? { problem: "no_site", network: null, siteName: null, meant: null }
    : { problem: null, network: read.network, siteName, meant: null };
}

function unquoted(text: string): string {
  const value = text.trim();
  return value.length > 1 && value.startsWith('"') && value.endsWith('"')
    ? value.slice(1, -1).replaceAll('""', '"').trim()
    : value;
}
