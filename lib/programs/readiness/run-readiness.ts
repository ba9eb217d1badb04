import "server-only";
import type { PoolTable } from "#phones/check/rule-table";
import { heldReleases } from "#phones/check/rule-table";
import { currentRuleTable } from "#phones/check/server/rule-table-loader";
import type { CandidateRule } from "#phones/check/model";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { checkReadiness } from "#programs/readiness/check-readiness";
import type {
  FaultyFile,
  ReadinessCredentials,
  ReadinessPlan,
  ReadinessPool,
  ReadinessReport,
  ReadinessSample,
} from "#programs/readiness/model";
import type { ReadinessSettings } from "#programs/readiness/settings";
import { findReadinessSettings } from "#programs/readiness/readiness-settings";

/** What somebody wants looked at instead of what the settings and the pools say. */
export type ReadinessWishes = {
  /** Only these domains, whoever they belong to; empty: all. */
  readonly domains?: readonly string[];
  readonly dhcpDomains?: readonly string[];
  readonly dnsServer?: string | null;
  readonly trustedAuthorities?: string | null;
  /** Asked in place of the internal address of the default pool. */
  readonly server?: string | null;
  readonly discoveryPorts?: ReadinessPlan["discoveryPorts"];
  readonly credentials?: ReadinessCredentials | null;
};

/** Where phones knock; nothing else can be configured on them. */
const DISCOVERY_PORTS = { http: 80, https: 443 } as const;

/** Looks at every pool and domain from a phone's point of view. The rules must be in memory, as they are in the service. */
export async function runReadiness(
  context: UseCaseContext,
  wishes: ReadinessWishes = {},
): Promise<ReadinessReport> {
  return checkReadiness(await planReadiness(context, wishes), context.now);
}

/** What there is to look at, by the pools, the settings and the wishes. */
export async function planReadiness(
  context: UseCaseContext,
  wishes: ReadinessWishes = {},
): Promise<ReadinessPlan> {
  requirePermission(context.actor, "readiness:run");
  const settings = await findReadinessSettings(context);
  const { domains = [], discoveryPorts = DISCOVERY_PORTS, credentials = null } = wishes;
  const { pools: tables, defaultPool } = currentRuleTable();
  const pools = [...tables.values()].map((table) =>
    toPool(table, { isDefault: table === defaultPool, server: wishes.server ?? null }),
  );
  return {
    pools: domains.length === 0 ? pools : limitDomains(pools, domains),
    discoveryPorts,
    credentials,
    ...toSurroundings(settings, wishes),
  };
}

/** What was wished, else what is set. */
function toSurroundings(
  settings: ReadinessSettings,
  wishes: ReadinessWishes,
): Pick<ReadinessPlan, "dhcpDomains" | "dnsServer" | "trustedAuthorities"> {
  const { dhcpDomains = [], domains = [] } = wishes;
  const isLimited = dhcpDomains.length > 0 || domains.length > 0;
  return {
    dhcpDomains: isLimited ? dhcpDomains : settings.dhcpDomains,
    dnsServer: (wishes.dnsServer ?? settings.dnsServer) || null,
    trustedAuthorities: (wishes.trustedAuthorities ?? settings.trustedAuthorities) || null,
  };
}

/** A domain that no pool names is looked at as one of the default pool's. */
function limitDomains(
  pools: readonly ReadinessPool[],
  domains: readonly string[],
): readonly ReadinessPool[] {
  const wished = domains.map((domain) => domain.toLowerCase());
  const known = new Set(pools.flatMap(({ sipDomains }) => sipDomains));
  const strangers = wished.filter((domain) => !known.has(domain));
  return pools.map((pool) => ({
    ...pool,
    sipDomains: [
      ...pool.sipDomains.filter((domain) => wished.includes(domain)),
      ...(pool.isDefault ? strangers : []),
    ],
  }));
}

function toPool(
  table: PoolTable,
  { isDefault, server }: { readonly isDefault: boolean; readonly server: string | null },
): ReadinessPool {
  const { fqdn, internalBaseUrl, externalBaseUrl, sipDomains } = table.pool;
  const rules = [...table.rulesByHardware.values()].flat();
  return {
    fqdn,
    internalBaseUrl: isDefault ? (server ?? internalBaseUrl) : internalBaseUrl,
    externalBaseUrl,
    sipDomains,
    isDefault,
    sample: toSample(rules),
    faultyFiles: rules.flatMap(toFaultyFiles),
  };
}

function toFaultyFiles(rule: CandidateRule): readonly FaultyFile[] {
  const { brand, model } = rule.hardware;
  return heldReleases(rule).flatMap(({ version, files, faults }) =>
    files.flatMap(({ fileName, sha256 }) => {
      const fault = faults.get(sha256);
      const name = `${brand} ${model} ${version} ${fileName}`;
      return fault === undefined ? [] : [{ name, version, problem: fault.problem }];
    }),
  );
}

/** The smallest image that is approved and offered will do as well as any other. */
function toSample(rules: readonly CandidateRule[]): ReadinessSample | null {
  const [smallest] = rules
    .flatMap(({ hardware, approved }) => {
      const files = (approved?.files ?? []).filter(({ role }) => role !== "description");
      return files.length === 0 || files.some(({ sha256 }) => approved?.faults.has(sha256))
        ? []
        : [{ hardware, files }];
    })
    .toSorted((left, right) => sizeOf(left) - sizeOf(right));
  return smallest ?? null;
}

function sizeOf({ files }: ReadinessSample): number {
  return files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}
