import "server-only";
import { PROBE_HEADER, makeProbeMark } from "#phones/check/server/probe-mark";
import type { Names } from "#programs/readiness/ask-names";
import { openNames } from "#programs/readiness/ask-names";
import type { RequestContext } from "#programs/readiness/ask-server";
import { askServer } from "#programs/readiness/ask-server";
import { askTime } from "#programs/readiness/ask-time";
import { toDhcpOptions, toZoneSnippet } from "#programs/readiness/snippets";
import type { Finding } from "#programs/readiness/finding";
import { finding, sortFindings } from "#programs/readiness/finding";
import {
  hostOf,
  judgeInside,
  checkHttpBehaviour,
  judgeOutside,
  judgePanel,
  originOf,
} from "#programs/readiness/judge-answer";
import type { SeenDomain } from "#programs/readiness/judge-domain";
import {
  discoveryName,
  judgeDomain,
  oldDiscoveryName,
  timeRecordName,
} from "#programs/readiness/judge-domain";
import type {
  DomainOrigin,
  DomainReport,
  NameLookup,
  PoolReport,
  ReadinessPlan,
  ReadinessPool,
  ReadinessReport,
  SeenAnswer,
  ServiceLookup,
} from "#programs/readiness/model";
import { INSIDE, tryUpdate } from "#programs/readiness/try-update";
import { LYNC_HANDLER_PATHS } from "#formats/protocol/lync-xml";
import { PROVISIONING_PATHS } from "#formats/protocol/provisioning-xml";

type ProbeContext = RequestContext & { readonly plan: ReadinessPlan; readonly now: Date };

/**
 * Checks the whole set-up as a phone sees it: DNS names, time, certificates, internal and external URLs, an update
 * check, a download. Takes as long as the slowest timeout; faults become findings and never exceptions.
 */
export async function checkReadiness(plan: ReadinessPlan, now: Date): Promise<ReadinessReport> {
  const names = openNames(plan.dnsServer);
  const probe = { plan, now, names, trustedAuthorities: plan.trustedAuthorities };
  const [domains, pools] = await Promise.all([
    Promise.all(domainsOf(plan).map((domain) => probeDomain(domain, probe))),
    Promise.all(plan.pools.map((pool) => probePool(pool, probe))),
  ]);
  return { checkedAt: now, findings: judgePlan(plan), domains, pools };
}

/** Reports missing pools and domains: without them no other check runs, and the set-up would seem ready. */
function judgePlan({ pools, dhcpDomains }: ReadinessPlan): readonly Finding[] {
  const hasDomain = dhcpDomains.length > 0 || pools.some(({ sipDomains }) => sipDomains.length > 0);
  return [
    ...(pools.length === 0 ? [finding("no_pool", "")] : []),
    ...(hasDomain ? [] : [finding("no_domain", "")]),
  ];
}

type Domain = {
  readonly domain: string;
  readonly origins: readonly DomainOrigin[];
  /** Null when there is no pool. */
  readonly pool: ReadinessPool | null;
};

/** Every domain once, even if several pools and DHCP servers name it. */
function domainsOf({ pools, dhcpDomains }: ReadinessPlan): readonly Domain[] {
  const defaultPool = pools.find(({ isDefault }) => isDefault) ?? pools[0] ?? null;
  const found = [
    ...pools.flatMap((pool) =>
      pool.sipDomains.map((domain) => ({ domain, origin: "sip" as const, pool })),
    ),
    ...dhcpDomains.map((domain) => ({ domain, origin: "dhcp" as const, pool: defaultPool })),
  ];
  return [...Map.groupBy(found, ({ domain }) => domain.toLowerCase())].map(([domain, same]) => ({
    domain,
    origins: [...new Set(same.map(({ origin }) => origin))],
    pool: same[0]?.pool ?? null,
  }));
}

async function probeDomain(
  { domain, origins, pool }: Domain,
  probe: ProbeContext,
): Promise<DomainReport> {
  const { names, now } = probe;
  const [current, old, timeRecord, poolLookup] = await Promise.all([
    names.addressesOf(discoveryName(domain)),
    names.addressesOf(oldDiscoveryName(domain)),
    names.serviceOf(timeRecordName(domain)),
    pool === null ? null : names.addressesOf(hostOf(pool.internalBaseUrl)),
  ]);
  const addresses = addressesIn(current);
  const poolAddresses = poolLookup?.kind === "found" ? poolLookup.addresses : null;
  const time = await probeTimeServer(timeRecord, names);
  const seen: SeenDomain = {
    domain,
    current,
    old,
    discoveryAnswers: addresses.length === 0 ? [] : await probeDiscoveryUrls(domain, probe),
    poolAddresses,
    timeRecord,
    timeAheadMs: time.aheadMs,
  };
  const poolFqdn = pool?.fqdn ?? `pool.${domain}`;
  return {
    domain,
    origins,
    addresses,
    findings: sortFindings(judgeDomain(seen, now)),
    zone: toZoneSnippet({
      domain,
      poolFqdn,
      poolAddresses: poolAddresses ?? [],
      timeServer: time.host,
    }),
    dhcpOptions: toDhcpOptions({ domain, poolFqdn, timeAddresses: time.addresses }),
  };
}

type SeenTime = {
  readonly host: string | null;
  readonly addresses: readonly string[];
  readonly aheadMs: number | null;
};

async function probeTimeServer(record: ServiceLookup, names: Names): Promise<SeenTime> {
  if (record.kind !== "found") {
    return { host: null, addresses: [], aheadMs: null };
  }
  const addresses = addressesIn(await names.addressesOf(record.host));
  const [address] = addresses;
  const aheadMs = address === undefined ? null : await askTime(address, record.port);
  return { host: record.host, addresses, aheadMs };
}

function addressesIn(lookup: NameLookup): readonly string[] {
  return lookup.kind === "found" ? lookup.addresses : [];
}

/** Requests both discovery URLs; the firmware of a phone decides which one it uses (device-protocol.md, 1.2). */
function probeDiscoveryUrls(
  domain: string,
  { plan, ...context }: ProbeContext,
): Promise<readonly SeenAnswer[]> {
  const name = discoveryName(domain);
  const { http, https } = plan.discoveryPorts;
  return Promise.all(
    [`http://${name}:${http}`, `https://${name}:${https}`].map((origin) =>
      askServer({ url: toProbeUrl(origin, domain) }, context),
    ),
  );
}

/** A URL that identifies the service. A request to it changes nothing and does not record a phone. */
function toProbeUrl(origin: string, domain: string): string {
  return `${origin}${PROVISIONING_PATHS.internal}?user=readiness@${domain}`;
}

async function probePool(pool: ReadinessPool, probe: ProbeContext): Promise<PoolReport> {
  const { fqdn, internalBaseUrl, externalBaseUrl } = pool;
  const { now } = probe;
  const [domain = fqdn] = pool.sipDomains;
  const [inside, outside, panel] = await Promise.all([
    askServer({ url: toProbeUrl(internalBaseUrl, domain) }, probe),
    askServer(
      {
        url: `${externalBaseUrl}${LYNC_HANDLER_PATHS.external}`,
        method: "POST",
        headers: { [PROBE_HEADER]: makeProbeMark(Date.now()) },
        body: "<a/>",
      },
      probe,
    ),
    askServer({ url: `${externalBaseUrl}/sign-in` }, probe),
  ]);
  const insideFindings = judgeInside(inside, now);
  const outsideFindings = [
    ...(externalBaseUrl.startsWith("https:")
      ? []
      : [finding("external_not_https", externalBaseUrl)]),
    ...judgeOutside(outside, now),
  ];
  return {
    fqdn,
    internalBaseUrl,
    externalBaseUrl,
    findings: sortFindings([
      ...pool.faultyFiles.map(({ name, version, problem }) =>
        finding(`content_${problem}`, name, version),
      ),
      ...insideFindings,
      ...checkHttpBehaviour(inside, now),
      // An update check adds nothing when the service cannot be reached.
      ...(insideFindings.length > 0 ? [] : await tryUpdate(pool, INSIDE, probe)),
      ...outsideFindings,
      ...(await tryOutside(pool, outsideFindings, probe)),
      ...judgePanel(panel),
    ]),
  };
}

/** Sends the password only if the server is certainly this service and the connection is secure. */
async function tryOutside(
  pool: ReadinessPool,
  findings: readonly Finding[],
  probe: ProbeContext,
): Promise<readonly Finding[]> {
  const { credentials } = probe.plan;
  if (credentials === null) {
    return [finding("outside_not_tried", originOf(pool.externalBaseUrl))];
  }
  return findings.some(({ severity }) => severity === "problem")
    ? [finding("credentials_withheld", originOf(pool.externalBaseUrl))]
    : tryUpdate(pool, { side: "external", credentials }, probe);
}
