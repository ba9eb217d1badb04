import { isIPv6Text } from "#programs/readiness/ip-text";

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
