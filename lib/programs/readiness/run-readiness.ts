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

/** Overrides of the settings and the pools. */
export type ReadinessOptions = {
  /** Checks only these domains, of any pool; all domains if empty. */
  readonly domains?: readonly string[];
  readonly dhcpDomains?: readonly string[];
  readonly dnsServer?: string | null;
  readonly trustedAuthorities?: string | null;
  /** Replaces the internal base URL of the default pool. */
  readonly server?: string | null;
  readonly discoveryPorts?: ReadinessPlan["discoveryPorts"];
  readonly credentials?: ReadinessCredentials | null;
};

/** Ports that phones try; they cannot be configured on phones. */
const DISCOVERY_PORTS = { http: 80, https: 443 } as const;

/** Checks every pool and domain as a phone sees it. The rule table must be loaded, as it is in the service. */
export async function runReadiness(
  context: UseCaseContext,
  options: ReadinessOptions = {},
): Promise<ReadinessReport> {
  return checkReadiness(await planReadiness(context, options), context.now);
}

/** Builds the plan from the pools, the settings and the options. */
export async function planReadiness(
  context: UseCaseContext,
  options: ReadinessOptions = {},
): Promise<ReadinessPlan> {
  requirePermission(context.actor, "readiness:run");
  const settings = await findReadinessSettings(context);
  const { domains = [], discoveryPorts = DISCOVERY_PORTS, credentials = null } = options;
  const { pools: tables, defaultPool } = currentRuleTable();
  const pools = [...tables.values()].map((table) =>
    toPool(table, { isDefault: table === defaultPool, server: options.server ?? null }),
  );
  return {
    pools: domains.length === 0 ? pools : limitDomains(pools, domains),
    discoveryPorts,
    credentials,
    ...toSurroundings(settings, options),
  };
}

/** Options take precedence over settings. */
function toSurroundings(
  settings: ReadinessSettings,
  options: ReadinessOptions,
): Pick<ReadinessPlan, "dhcpDomains" | "dnsServer" | "trustedAuthorities"> {
  const { dhcpDomains = [], domains = [] } = options;
  const isLimited = dhcpDomains.length > 0 || domains.length > 0;
  return {
    dhcpDomains: isLimited ? dhcpDomains : settings.dhcpDomains,
    dnsServer: (options.dnsServer ?? settings.dnsServer) || null,
    trustedAuthorities: (options.trustedAuthorities ?? settings.trustedAuthorities) || null,
  };
}

/** Limits the pools to the given domains. The default pool gets the domains that no pool has. */
function limitDomains(
  pools: readonly ReadinessPool[],
  domains: readonly string[],
): readonly ReadinessPool[] {
  const wanted = domains.map((domain) => domain.toLowerCase());
  const known = new Set(pools.flatMap(({ sipDomains }) => sipDomains));
  const unknown = wanted.filter((domain) => !known.has(domain));
  return pools.map((pool) => ({
    ...pool,
    sipDomains: [
      ...pool.sipDomains.filter((domain) => wanted.includes(domain)),
      ...(pool.isDefault ? unknown : []),
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

/** Uses the smallest approved image that is offered. */
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
