import type { DhcpOption } from "#programs/readiness/model";

/** Whether the address is IPv6. `isIPv6` of `node:net` is not available in the browser. */
function isIPv6Text(address: string): boolean {
  return address.includes(":");
}

/** The four bytes of an IPv4 address; null for anything else. */
function ipv4Bytes(address: string): readonly number[] | null {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(address)?.slice(1).map(Number);
  return parts?.every((part) => part <= 255) === true ? parts : null;
}

type DhcpFacts = {
  readonly domain: string;
  readonly poolFqdn: string;
  /** IPv4 addresses of the time server; empty when unknown. */
  readonly timeAddresses: readonly string[];
};

const CLASS_NAME = "MS-UC-Client";
/** Path where signed-in phones get their certificates; Lync defines it (device-protocol.md, 4.3). */
const CERTIFICATE_PATH = "/CertProv/CertProvisioningService.svc";
const MAX_SUBOPTION_BYTES = 255;

/**
 * DHCP options for phones. None of them names this service: option 15 is the domain in which phones look it up, and
 * the others are for sign-in.
 */
export function toDhcpOptions({
  domain,
  poolFqdn,
  timeAddresses,
}: DhcpFacts): readonly DhcpOption[] {
  const suboptions = [CLASS_NAME, "https", poolFqdn, "443", CERTIFICATE_PATH];
  const times = timeAddresses.flatMap((address) => ipv4Bytes(address) ?? []);
  const timeHex = times.length === 0 ? null : toHex(times);
  return [
    { option: "4", value: timeAddresses.join(", "), hex: timeHex },
    { option: "15", value: domain, hex: toHex(ascii(domain)) },
    { option: "42", value: timeAddresses.join(", "), hex: timeHex },
    {
      option: "43",
      value: suboptions.map((value, index) => `${index + 1}=${value}`).join(", "),
      hex: toHex(suboptions.flatMap((value, index) => toSuboption(index + 1, value))),
    },
    { option: "120", value: poolFqdn, hex: toHex([0, ...toLabels(poolFqdn)]) },
  ];
}

/** RFC 2132, 8.4: code, length, value. */
function toSuboption(code: number, value: string): readonly number[] {
  const bytes = ascii(value).slice(0, MAX_SUBOPTION_BYTES);
  return [code, bytes.length, ...bytes];
}

/** A domain name in DNS encoding after a 0 for "names", as RFC 3361 requires for option 120. */
function toLabels(name: string): readonly number[] {
  return [...name.split(".").flatMap((label) => [label.length, ...ascii(label)]), 0];
}

function ascii(text: string): readonly number[] {
  return Array.from(text, (character) => character.charCodeAt(0) & 0x7f);
}

function toHex(bytes: readonly number[]): string {
  return bytes.map((byte) => byte.toString(16).padStart(2, "0").toUpperCase()).join(" ");
}

type ZoneFacts = {
  readonly domain: string;
  readonly poolFqdn: string;
  readonly poolAddresses: readonly string[];
  /** Null when unknown: the record then names `time.<domain>`, which the administrator must check. */
  readonly timeServer: string | null;
};

/**
 * DNS records to copy into the zone of a domain. Uses the pool's addresses when they are known, as the
 * documentation of the original does; otherwise CNAME records to the pool's name.
 */
export function toZoneSnippet({ domain, poolFqdn, poolAddresses, timeServer }: ZoneFacts): string {
  const names = ["ucupdates-r2", "ucupdates"];
  const records = names.flatMap((name) =>
    poolAddresses.length === 0
      ? [`${name.padEnd(14)} 3600 IN CNAME ${poolFqdn}.`]
      : poolAddresses.map(
          (address) =>
            `${name.padEnd(14)} 3600 IN ${(isIPv6Text(address) ? "AAAA" : "A").padEnd(5)} ${address}`,
        ),
  );
  const time = `${"_ntp._udp".padEnd(14)} 3600 IN SRV   0 100 123 ${timeServer ?? `time.${domain}`}.`;
  return [`$ORIGIN ${domain}.`, ...records, time, ""].join("\n");
}
