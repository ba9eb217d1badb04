import { isIPv6Text } from "#programs/readiness/ip-text";

type ZoneFacts = {
  readonly domain: string;
  readonly poolFqdn: string;
  readonly poolAddresses: readonly string[];
  /** Null: whoever copies it has to put the name in. */
  readonly timeServer: string | null;
};

/**
 * Records to copy into the zone of a domain. Where the pool's addresses are known they are written down, as the
 * original's plan has it; else the names lead to the pool's own.
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
