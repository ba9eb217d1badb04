import type { CandidateRule, OfferedRelease } from "#phones/check/model";
import type { PoolTable, RuleTable } from "#phones/check/rule-table";
import { applyAction } from "#firmware/rules/apply-action";

/**
 * The table as it would be with what is pending in one rule approved, by the state machine that approves for real; null
 * where the table has no such rule, or the rule nothing pending. Files stay as they are: they serve both versions.
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
  // What could be restored afterwards is offered to nobody, so the table does not know it.
  const transition = applyAction({ ...rule, restore: null }, "approve");
  if (transition.outcome !== "changed") {
    return null;
  }
  const { approved, pending } = transition.after;
  return { ...rule, approved: pick(rule, approved), pending: pick(rule, pending) };
}

/** The release of a rule that a state of it refers to. */
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
