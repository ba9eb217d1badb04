import { z } from "zod";
import type { NamedRule } from "#programs/cli/identity";
import { parsePoolName } from "#programs/cli/identity";
import { matchesWildcard } from "#programs/cli/wildcard";
import type { Rule } from "#firmware/rules/model";
import { ruleIdentity } from "#firmware/rules/model";
import type { RuleFacet } from "#firmware/rules/facets";
import { RULE_FACETS, facetOf, recordOfFacets } from "#firmware/rules/facets";

const patterns = z.array(z.string().min(1)).default([]);
const flag = z.boolean().default(false);

/** The options that select rules. A rule matches an option if it matches any of its values. */
export const ruleFilterOptions = {
  filter: patterns,
  ...recordOfFacets(() => patterns),
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
    filter.filter.length > 0 ||
    RULE_FACETS.some((facet) => filter[facet].length > 0)
  );
}

export function matchesFilter(rule: Rule, filter: RuleFilter): boolean {
  return (
    matchesAny(ruleIdentity(rule), filter.filter) &&
    RULE_FACETS.every((facet) => matchesAny(facetOf(rule, facet), patternsOf(filter, facet))) &&
    matchesState(rule, filter)
  );
}

function patternsOf(filter: RuleFilter, facet: RuleFacet): readonly string[] {
  return facet === "pool" ? filter.pool.map(parsePoolName) : filter[facet];
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
