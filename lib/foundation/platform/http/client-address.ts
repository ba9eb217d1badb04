import { canonicalAddress } from "#foundation/core/host-name";

export type Hop = {
  /** The address of the peer of the connection. */
  readonly peer: string;
  /** The raw header `X-Forwarded-For`; null without one. */
  readonly forwardedFor: string | null;
};

const WITH_PORT = /^(?:\[([^\]]*)\](?::\d{1,5})?|([\d.]+):\d{1,5})$/;

/** Matches no network. */
export const UNKNOWN_ADDRESS = "unknown";

/**
 * The address that a request comes from, in canonical form. Forwarded addresses are read from the right: the first one
 * that is not a trusted proxy is the client. Addresses to the left of it are not trusted.
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

/**
 * Some proxies write `192.0.2.1:4711` or `[2001:db8::1]:4711`. Entries that are not an address, such as `unknown`,
 * become `unknown`.
 */
function toForwardedAddress(text: string): string {
  const [, bracketed, plain] = WITH_PORT.exec(text) ?? [];
  return canonicalAddress(bracketed ?? plain ?? text) ?? UNKNOWN_ADDRESS;
}
