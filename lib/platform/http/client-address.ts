import { toPlainAddress } from "#lib/platform/ip-ranges";

export type Hop = {
  /** The other end of the connection. */
  readonly peer: string;
  /** The header `X-Forwarded-For` as it came, if it did. */
  readonly forwardedFor: string | null;
};

/**
 * The address a request comes from. A forwarded address counts only as far as trusted proxies vouch for it: read from
 * the right, the first one that is not a trusted proxy is the client, and whatever stands left of it is hearsay.
 */
export function clientAddress(hop: Hop, isTrustedProxy: (address: string) => boolean): string {
  let address = toPlainAddress(hop.peer);
  if (hop.forwardedFor === null || !isTrustedProxy(address)) {
    return address;
  }
  for (const forwarded of hop.forwardedFor.split(",").reverse()) {
    address = toPlainAddress(withoutPort(forwarded.trim()));
    if (!isTrustedProxy(address)) {
      return address;
    }
  }
  return address;
}

/** Some proxies write `192.0.2.1:4711` or `[2001:db8::1]:4711`. */
function withoutPort(text: string): string {
  const bracketed = /^\[([^\]]*)\](?::\d+)?$/.exec(text);
  return bracketed?.[1] ?? text.replace(/^([^:]*):\d+$/, "$1");
}
