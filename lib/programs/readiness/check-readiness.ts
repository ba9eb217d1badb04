import "server-only";
import { PROBE_HEADER, makeProbeMark } from "#phones/check/server/probe-mark";
import type { Names } from "#programs/readiness/ask-names";
import { openNames } from "#programs/readiness/ask-names";
import type { ServerAsking } from "#programs/readiness/ask-server";
import { askServer } from "#programs/readiness/ask-server";
import { askTime } from "#programs/readiness/ask-time";
import { toDhcpOptions } from "#programs/readiness/dhcp-options";
import type { Finding } from "#programs/readiness/finding";
import { finding, sortFindings } from "#programs/readiness/finding";
import {
  hostOf,
  judgeInside,
  judgeManners,
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
import { toZoneSnippet } from "#programs/readiness/zone-snippet";
import { LYNC_HANDLER_PATHS } from "#formats/protocol/lync-xml";
import { PROVISIONING_PATHS } from "#formats/protocol/provisioning-xml";

type Looking = ServerAsking & { readonly plan: ReadinessPlan; readonly now: Date };

/**
 * Looks at everything as a phone does: names, time, certificates, addresses inside and outside, a check, a download. Takes
 * as long as its slowest time-out; never fails because of what it finds.
 */
export async function checkReadiness(plan: ReadinessPlan, now: Date): Promise<ReadinessReport> {
  const names = openNames(plan.dnsServer);
  const looking = { plan, now, names, trustedAuthorities: plan.trustedAuthorities };
  const [domains, pools] = await Promise.all([
    Promise.all(domainsOf(plan).map((domain) => lookAtDomain(domain, looking))),
    Promise.all(plan.pools.map((pool) => lookAtPool(pool, looking))),
  ]);
  return { checkedAt: now, findings: judgePlan(plan), domains, pools };
}

/** Where there is nothing to look at, nothing is wrong with it either: that must not pass for being ready. */
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
  /** Null where there is no pool at all. */
  readonly pool: ReadinessPool | null;
};

/** Every domain once, however many pools and DHCP servers name it. */
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

async function lookAtDomain(
  { domain, origins, pool }: Domain,
  looking: Looking,
): Promise<DomainReport> {
  const { names, now } = looking;
  const [current, old, timeRecord, poolLookup] = await Promise.all([
    names.addressesOf(discoveryName(domain)),
    names.addressesOf(oldDiscoveryName(domain)),
    names.serviceOf(timeRecordName(domain)),
    pool === null ? null : names.addressesOf(hostOf(pool.internalBaseUrl)),
  ]);
  const addresses = addressesIn(current);
  const poolAddresses = poolLookup?.kind === "found" ? poolLookup.addresses : null;
  const time = await lookAtTime(timeRecord, names);
  const seen: SeenDomain = {
    domain,
    current,
    old,
    doors: addresses.length === 0 ? [] : await knock(domain, looking),
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

async function lookAtTime(record: ServiceLookup, names: Names): Promise<SeenTime> {
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

/** Both doors: which one a phone takes depends on its firmware (device-protocol.md, 1.2). */
function knock(domain: string, { plan, ...asking }: Looking): Promise<readonly SeenAnswer[]> {
  const name = discoveryName(domain);
  const { http, https } = plan.discoveryPorts;
  return Promise.all(
    [`http://${name}:${http}`, `https://${name}:${https}`].map((origin) =>
      askServer({ url: whoIsThere(origin, domain) }, asking),
    ),
  );
}

/** Changes nothing there and leaves no trace of a phone. */
function whoIsThere(origin: string, domain: string): string {
  return `${origin}${PROVISIONING_PATHS.internal}?user=readiness@${domain}`;
}

async function lookAtPool(pool: ReadinessPool, looking: Looking): Promise<PoolReport> {
  const { fqdn, internalBaseUrl, externalBaseUrl } = pool;
  const { now } = looking;
  const [domain = fqdn] = pool.sipDomains;
  const [inside, outside, panel] = await Promise.all([
    askServer({ url: whoIsThere(internalBaseUrl, domain) }, looking),
    askServer(
      {
        url: `${externalBaseUrl}${LYNC_HANDLER_PATHS.external}`,
        method: "POST",
        headers: { [PROBE_HEADER]: makeProbeMark(Date.now()) },
        body: "<a/>",
      },
      looking,
    ),
    askServer({ url: `${externalBaseUrl}/sign-in` }, looking),
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
      ...judgeManners(inside, now),
      // Whoever does not even reach the service learns nothing by asking it for an update.
      ...(insideFindings.length > 0 ? [] : await tryUpdate(pool, INSIDE, looking)),
      ...outsideFindings,
      ...(await tryOutside(pool, outsideFindings, looking)),
      ...judgePanel(panel),
    ]),
  };
}

/** A password goes to nobody of whom it is not certain that it is this service, over a line that nobody listens to. */
async function tryOutside(
  pool: ReadinessPool,
  findings: readonly Finding[],
  looking: Looking,
): Promise<readonly Finding[]> {
  const { credentials } = looking.plan;
  if (credentials === null) {
    return [finding("outside_not_tried", originOf(pool.externalBaseUrl))];
  }
  return findings.some(({ severity }) => severity === "problem")
    ? [finding("credentials_withheld", originOf(pool.externalBaseUrl))]
    : tryUpdate(pool, { side: "external", credentials }, looking);
}
