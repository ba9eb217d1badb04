import { ipv4Bytes } from "#programs/readiness/ip-text";
import type { DhcpOption } from "#programs/readiness/model";

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
