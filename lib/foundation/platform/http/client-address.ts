import { canonicalAddress } from "#foundation/core/host-name";

export type Hop = {
  /** The other end of the connection. */
  readonly peer: string;
  /** The header `X-Forwarded-For` as it came, if it did. */
  readonly forwardedFor: string | null;
};

const WITH_PORT = /^(?:\[([^\]]*)\](?::\d{1,5})?|([\d.]+):\d{1,5})$/;

/** Lies in no network. */
export const UNKNOWN_ADDRESS = "unknown";

/**
 * The address a request comes from, in its canonical form. A forwarded address counts only as far as trusted proxies
 * vouch for it: read from the right, the first one that is not a trusted proxy is the client, and whatever stands left of
 * it is hearsay.
 */
export function clientAddress(hop: Hop, isTrustedProxy: (address: string) => boolean): string {
  let address = canonicalAddress(hop.peer) ?? UNKNOWN_ADDRESS;
  if (hop.forwardedFor === null || !isTrustedProxy(address)) {
    return address;
  }
  for (const forwarded of hop.forwardedFor.split(",").reverse()) {
    address = toForwardedAddress(forwarded.trim());
    if (!isTrustedProxy(address)) {
      return address;
    }
  }
  return address;
}

/** Some proxies write `192.0.2.1:4711` or `[2001:db8::1]:4711`. What names no address, such as `unknown`, is none. */
function toForwardedAddress(text: string): string {
  const [, bracketed, plain] = WITH_PORT.exec(text) ?? [];
  return canonicalAddress(bracketed ?? plain ?? text) ?? UNKNOWN_ADDRESS;
}
