import { lookup, Resolver } from "node:dns/promises";
import { isIP } from "node:net";
import { networkReason } from "#programs/simulator/http";
import type { PhoneSide, ServerAddress } from "#programs/simulator/options";

export type FoundServer = {
  readonly kind: "found";
  readonly url: URL;
  /** Null when the machine looks up the name. */
  readonly connectTo: string | null;
};

type ResolvedServer =
  FoundServer | { readonly kind: "not_found"; readonly name: string; readonly reason: string };

const LOOKUP_TIMEOUT_MS = 5_000;

/** The name that phones look up before a user has signed in. */
function discoveryName(domain: string): string {
  return `ucupdates-r2.${domain}`;
}

/** Finds the service as a phone does: at the configured URL, otherwise by the discovery name in its domain. */
export async function resolveServer(
  server: ServerAddress,
  side: PhoneSide,
): Promise<ResolvedServer> {
  if (server.kind === "url") {
    return { kind: "found", url: server.url, connectTo: null };
  }
  const name = discoveryName(server.domain);
  try {
    const connectTo = await findAddress(name, server.dnsServer);
    return { kind: "found", url: toUrl(name, side, server.port), connectTo };
  } catch (error) {
    return { kind: "not_found", name, reason: networkReason(error) };
  }
}

/** Resolves a URL that the phone received, with the phone's DNS server. */
export async function resolveUrl(url: URL, server: ServerAddress): Promise<ResolvedServer> {
  const name = url.hostname.replace(/^\[|\]$/g, "");
  if (server.kind === "url" || server.dnsServer === null || isIP(name) !== 0) {
    return { kind: "found", url, connectTo: null };
  }
  try {
    return { kind: "found", url, connectTo: await findAddress(name, server.dnsServer) };
  } catch (error) {
    return { kind: "not_found", name, reason: networkReason(error) };
  }
}

async function findAddress(name: string, dnsServer: string | null): Promise<string> {
  if (dnsServer === null) {
    const { address } = await lookup(name);
    return address;
  }
  const resolver = new Resolver({ timeout: LOOKUP_TIMEOUT_MS, tries: 2 });
  resolver.setServers([dnsServer]);
  const [address] = await resolver.resolve4(name).catch((error: unknown) => {
    // The name may have only IPv6 addresses; without any address the second lookup fails with the reason.
    if (networkReason(error) === "ENODATA") {
      return resolver.resolve6(name);
    }
    throw error;
  });
  if (address === undefined) {
    throw new Error(`${name} has no address.`);
  }
  return address;
}

/** HTTP inside, because a new phone trusts no certificate authority yet; only HTTPS outside. */
function toUrl(name: string, side: PhoneSide, port: number | null): URL {
  const url = new URL(side === "internal" ? `http://${name}/` : `https://${name}/`);
  url.port = port === null ? "" : String(port);
  return url;
}
