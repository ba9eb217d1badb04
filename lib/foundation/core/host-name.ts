import { memoizeText } from "#foundation/core/memoize";

/**
 * The canonical forms by which host names and addresses are compared, so that every spelling of a name finds its pool and
 * every notation of an address is found in its network.
 */

const MAX_AUTHORITY_CHARACTERS = 280;
const MAX_PORT = 65_535;
const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;
const IPV6 = /^[\da-f:.]{2,45}$/i;
/** An IPv4-mapped IPv6 address in the notation of WHATWG URLs. */
const MAPPED = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/;
/** A host with an optional port: a bracketed IPv6 address with an optional zone, or a name with an optional final dot. */
const AUTHORITY = /^(?:\[([^\]%]*)(?:%[\w.~%-]+)?\]|([\w-]+(?:\.[\w-]+)*)\.?)(?::(\d{0,5}))?$/;

export type Authority = {
  /** In lower case, without a final dot. IPv6 is in brackets and in its shortest form. */
  readonly host: string;
  readonly port: number | null;
};

/**
 * The canonical form of an IP address: IPv6 as in RFC 5952 and without zone, IPv4-mapped IPv6 as IPv4. Null for any other
 * text, also for IPv4 with leading zeros, which programs read differently.
 */
export const canonicalAddress: (text: string) => string | null = memoizeText(readAddress);

/** The parts of a `Host` header or of the authority of a URL; null if it is invalid. */
export const readAuthority: (text: string) => Authority | null = memoizeText(parseAuthority);

/** The host of a `Host` header or of a URL, without port; null if it is invalid. */
export function canonicalHost(text: string): string | null {
  return readAuthority(text)?.host ?? null;
}

/** The lookup key of a stored or configured host. */
export function hostKey(text: string): string {
  return canonicalHost(text) ?? text.toLowerCase();
}

/** Whether two authorities name the same host and port. The default ports of http and https equal no port. */
export function isSameAuthority(one: string, other: string): boolean {
  const left = readAuthority(one);
  const right = readAuthority(other);
  return (
    left !== null &&
    right !== null &&
    left.host === right.host &&
    withoutDefaultPort(left) === withoutDefaultPort(right)
  );
}

/** Whether a host is a loopback name or address. */
export function isLoopbackHost(text: string): boolean {
  const host = canonicalHost(text);
  return (
    host !== null && (host === "localhost" || host === "[::1]" || /^127(?:\.\d+){3}$/.test(host))
  );
}

function withoutDefaultPort({ port }: Authority): number | null {
  return port === 80 || port === 443 ? null : port;
}

function readAddress(text: string): string | null {
  const [address = ""] = text.split("%", 1);
  if (IPV4.test(address)) {
    const parts = address.split(".");
    const isPlain = parts.every((part) => Number(part) <= 255 && String(Number(part)) === part);
    return isPlain ? address : null;
  }
  return IPV6.test(address) && address.includes(":") ? shortenIpv6(address) : null;
}

/** WHATWG URLs compress IPv6 as RFC 5952 does, except that they write an IPv4-mapped address in hex. */
function shortenIpv6(address: string): string | null {
  const url = `http://[${address}]/`;
  if (!URL.canParse(url)) {
    return null;
  }
  const short = new URL(url).hostname.slice(1, -1);
  const [, high, low] = MAPPED.exec(short) ?? [];
  return high === undefined || low === undefined
    ? short
    : [...toBytes(high), ...toBytes(low)].join(".");
}

function toBytes(hex: string): readonly number[] {
  const value = Number.parseInt(hex, 16);
  return [value >> 8, value & 0xff];
}

function parseAuthority(text: string): Authority | null {
  if (text.length > MAX_AUTHORITY_CHARACTERS) {
    return null;
  }
  const match = AUTHORITY.exec(text);
  if (match === null) {
    return null;
  }
  const [, address, name = "", portText = ""] = match;
  const host = address === undefined ? toHostName(name) : toBracketed(address);
  const port = portText === "" ? null : Number(portText);
  return host === null || (port !== null && port > MAX_PORT) ? null : { host, port };
}

function toBracketed(text: string): string | null {
  const address = text.includes(":") ? canonicalAddress(text) : null;
  return address?.includes(":") === true ? `[${address}]` : address;
}

/**
 * Parses the name with `URL`, so that it is read as browsers and clients read it: for them too, `0x7f.1` is 127.0.0.1.
 */
function toHostName(name: string): string | null {
  const url = `http://${name}/`;
  return name !== "" && URL.canParse(url) ? new URL(url).hostname : null;
}
