import type { CandidateRule, OfferedRelease } from "#phones/check/model";
import type { PoolTable, RuleTable } from "#phones/check/rule-table";
import { applyAction } from "#firmware/rules/apply-action";

/**
 * Returns the table with the pending version of one rule approved, using the same state machine as a real approval.
 * Null if the table has no such rule, or the rule has no pending version. The file index is unchanged: it covers both
 * versions.
 */
export function withApproval(table: RuleTable, ruleId: string): RuleTable | null {
  const owner = [...table.pools.values()].find((pool) => findRule(pool, ruleId) !== undefined);
  const rule = owner && findRule(owner, ruleId);
  const approved = rule === undefined ? null : approve(rule);
  if (owner === undefined || approved === null) {
    return null;
  }
  const changed: PoolTable = {
    ...owner,
    rulesByHardware: replaceRule(owner.rulesByHardware, approved),
    rulesByModel: replaceRule(owner.rulesByModel, approved),
  };
  const exchange = (pool: PoolTable): PoolTable => (pool === owner ? changed : pool);
  return {
    ...table,
    pools: mapValues(table.pools, exchange),
    hosts: mapValues(table.hosts, exchange),
    defaultPool: table.defaultPool === null ? null : exchange(table.defaultPool),
  };
}

function findRule({ rulesByHardware }: PoolTable, ruleId: string): CandidateRule | undefined {
  return [...rulesByHardware.values()].flat().find(({ id }) => id === ruleId);
}

function approve(rule: CandidateRule): CandidateRule | null {
  // The restore version is not offered to any phone, so it does not matter here.
  const transition = applyAction({ ...rule, restore: null }, "approve");
  if (transition.outcome !== "changed") {
    return null;
  }
  const { approved, pending } = transition.after;
  return { ...rule, approved: pick(rule, approved), pending: pick(rule, pending) };
}

/** Finds the release of a rule by the id in its new state. */
function pick(
  { approved, pending }: CandidateRule,
  wanted: { readonly releaseId: string } | null,
): OfferedRelease | null {
  return (
    [pending, approved].find(
      (release) => release !== null && release.releaseId === wanted?.releaseId,
    ) ?? null
  );
}

function replaceRule(
  rules: PoolTable["rulesByHardware"],
  changed: CandidateRule,
): PoolTable["rulesByHardware"] {
  return mapValues(rules, (candidates) =>
    candidates.some(({ id }) => id === changed.id)
      ? candidates.map((rule) => (rule.id === changed.id ? changed : rule))
      : candidates,
  );
}

function mapValues<V>(
  map: ReadonlyMap<string, V>,
  change: (value: V) => V,
): ReadonlyMap<string, V> {
  return new Map([...map].map(([key, value]) => [key, change(value)]));
}
