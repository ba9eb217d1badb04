import { BlockList, isIP } from "node:net";

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

const IPV4_MAPPED_PREFIX = "::ffff:";

/** Whether the text is an address, or an address with a prefix length such as `10.0.0.0/8`. */
export function isIpRange(text: string): boolean {
  const { address, prefix, bits } = splitRange(text);
  return bits > 0 && isIP(address) !== 0 && prefix !== null && prefix <= bits;
}

/** A test for addresses in any of the ranges; IPv4 addresses mapped into IPv6 count as IPv4. */
export function toRangeTest(ranges: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const range of ranges) {
    const { address, prefix, bits } = splitRange(range);
    if (prefix !== null) {
      list.addSubnet(address, prefix, bits === 32 ? "ipv4" : "ipv6");
    }
  }
  return (address) => {
    const plain = toPlainAddress(address);
    const family = isIP(plain);
    return family !== 0 && list.check(plain, family === 4 ? "ipv4" : "ipv6");
  };
}

/** Node reports IPv4 clients of a dual-stack listener as `::ffff:192.0.2.1`. */
export function toPlainAddress(address: string): string {
  const withoutZone = address.replace(/%.*$/, "");
  return withoutZone.toLowerCase().startsWith(IPV4_MAPPED_PREFIX) && withoutZone.includes(".")
    ? withoutZone.slice(IPV4_MAPPED_PREFIX.length)
    : withoutZone;
}

/**
 * What counts as one sender: an IPv4 address; of IPv6 the network of 64 bits, which one machine has to itself. Goes by the
 * text, as the database does (`lib/devices/server/arrival-sql.ts`): where zeros are left out within those 64 bits, the
 * network is larger.
 */
export function toNetwork(address: string): string {
  const plain = toPlainAddress(address);
  if (!plain.includes(":")) {
    return plain;
  }
  const [prefix = ""] = /^(?:[^:]+:){0,4}/.exec(plain.toLowerCase()) ?? [];
  return `${prefix === "" ? ":" : prefix}:/64`;
}

function splitRange(range: string): { address: string; prefix: number | null; bits: number } {
  const [address = "", prefixText, ...rest] = range.split("/");
  const family = isIP(address);
  const bits = family === 4 ? 32 : family === 6 ? 128 : 0;
  if (prefixText === undefined) {
    return { address, prefix: bits, bits };
  }
  const isNumber = rest.length === 0 && /^\d{1,3}$/.test(prefixText);
  return { address, prefix: isNumber ? Number(prefixText) : null, bits };
}
