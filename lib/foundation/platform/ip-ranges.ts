import { BlockList } from "node:net";
import { canonicalAddress } from "#foundation/core/host-name";
import { memoizeText } from "#foundation/core/memoize";

/** Loopback and the private ranges: RFC 1918, RFC 6598, link-local and unique local addresses. */
export const PRIVATE_RANGES = [
  "127.0.0.0/8",
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "100.64.0.0/10",
  "169.254.0.0/16",
  "::1/128",
  "fc00::/7",
  "fe80::/10",
] as const;

const MAPPED_PREFIX_BITS = 96;

/** Whether the text is an address, or an address with a prefix length such as `10.0.0.0/8`. */
export function isIpRange(text: string): boolean {
  const { prefix, bits } = splitRange(text);
  return bits > 0 && prefix !== null && prefix <= bits;
}

/**
 * Returns a test for addresses in any of the ranges. Addresses and ranges are compared in canonical form, so IPv4 that
 * is mapped into IPv6 counts as IPv4.
 */
export function toRangeTest(ranges: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const range of ranges) {
    const { address, prefix, bits } = splitRange(range);
    if (prefix !== null) {
      list.addSubnet(address, prefix, bits === 32 ? "ipv4" : "ipv6");
    }
  }
  // The same few proxies and subnets of an organisation are tested repeatedly.
  return memoizeText((address) => {
    const plain = canonicalAddress(address);
    return plain !== null && list.check(plain, plain.includes(":") ? "ipv6" : "ipv4");
  });
}

type Range = { readonly address: string; readonly prefix: number | null; readonly bits: number };

/**
 * The network that counts as one sender: an IPv4 address, or the 64-bit network of an IPv6 address, which one machine
 * can have for itself. Works on the text, as the database does (`lib/fleet/devices/server/arrival-sql.ts`): where `::`
 * stands within those 64 bits, the network is larger.
 */
export function toNetwork(address: string): string {
  const plain = canonicalAddress(address) ?? address;
  if (!plain.includes(":")) {
    return plain;
  }
  const [prefix = ""] = /^(?:[^:]+:){0,4}/.exec(plain.toLowerCase()) ?? [];
  return `${prefix === "" ? ":" : prefix}:/64`;
}

function splitRange(range: string): Range {
  const [text = "", prefixText, ...rest] = range.split("/");
  const address = canonicalAddress(text);
  if (address === null) {
    return { address: text, prefix: null, bits: 0 };
  }
  const bits = address.includes(":") ? 128 : 32;
  if (prefixText === undefined) {
    return { address, prefix: bits, bits };
  }
  const isNumber = rest.length === 0 && /^\d{1,3}$/.test(prefixText);
  // The first 96 bits are the same for every IPv4 address that is written as IPv6.
  const skipped = bits === 32 && text.includes(":") ? MAPPED_PREFIX_BITS : 0;
  const prefix = Number(prefixText) - skipped;
  return { address, prefix: isNumber && prefix >= 0 ? prefix : null, bits };
}
