import { z } from "zod";
import type { NamedRule } from "#programs/cli/identity";
import { parsePoolName } from "#programs/cli/identity";
import { matchesWildcard } from "#programs/cli/wildcard";
import { HARDWARE_FIELDS } from "#foundation/core/hardware";
import type { Rule } from "#firmware/rules/model";
import { ruleIdentity } from "#firmware/rules/model";

const patterns = z.array(z.string().min(1)).default([]);
const flag = z.boolean().default(false);

/** The options that select rules. A rule matches an option if it matches any of its values. */
export const ruleFilterOptions = {
  filter: patterns,
  deviceType: patterns,
  brand: patterns,
  model: patterns,
  revision: patterns,
  locale: patterns,
  updateType: patterns,
  pool: patterns,
  pending: flag,
  approved: flag,
  unapproved: flag,
};

export type RuleFilter = Readonly<z.output<z.ZodObject<typeof ruleFilterOptions>>>;

/** Whether a filter has any condition. */
export function isNarrowing(filter: RuleFilter): boolean {
  return (
    filter.pending ||
    filter.approved ||
    filter.unapproved ||
    [filter.filter, filter.updateType, filter.pool].some((values) => values.length > 0) ||
    HARDWARE_FIELDS.some((field) => filter[field].length > 0)
  );
}

export function matchesFilter(rule: Rule, filter: RuleFilter): boolean {
  return (
    matchesAny(ruleIdentity(rule), filter.filter) &&
    HARDWARE_FIELDS.every((field) => matchesAny(rule.hardware[field], filter[field])) &&
    matchesAny(rule.updateType, filter.updateType) &&
    matchesAny(rule.poolFqdn, filter.pool.map(parsePoolName)) &&
    matchesState(rule, filter)
  );
}

function matchesAny(text: string, accepted: readonly string[]): boolean {
  return accepted.length === 0 || accepted.some((pattern) => matchesWildcard(text, pattern));
}

function matchesState(
  { approved, pending }: Rule,
  filter: Pick<RuleFilter, "pending" | "approved" | "unapproved">,
): boolean {
  return (
    (!filter.pending || pending !== null) &&
    (!filter.approved || approved !== null) &&
    (!filter.unapproved || approved === null)
  );
}

/** The named rules, once each and in the order of their names, and the names without a rule. */
export function pickNamed(
  rules: readonly Rule[],
  named: readonly NamedRule[],
): { readonly found: readonly Rule[]; readonly missing: readonly NamedRule[] } {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const found = new Set<Rule>();
  const missing: NamedRule[] = [];
  for (const name of named) {
    const rule = byId.get(name.ruleId);
    if (rule !== undefined && (name.poolFqdn === null || name.poolFqdn === rule.poolFqdn)) {
      found.add(rule);
    } else {
      missing.push(name);
    }
  }
  return { found: [...found], missing };
}
