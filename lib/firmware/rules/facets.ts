import { HARDWARE_FIELDS } from "#foundation/core/hardware";
import { recordOf } from "#foundation/core/record-of";
import type { Rule } from "#firmware/rules/model";

/** The facets that are columns of the rule. */
export const RULE_COLUMN_FACETS = [...HARDWARE_FIELDS, "updateType"] as const;
/**
 * The facets by which rules are filtered. The panel search, `GET /api/rules`, the SQL and the command-line options are
 * derived from this list.
 */
export const RULE_FACETS = [...RULE_COLUMN_FACETS, "pool"] as const;
export type RuleFacet = (typeof RULE_FACETS)[number];

/** The values of each facet: available values, or selected ones. */
export type RuleFacets = Readonly<Record<RuleFacet, readonly string[]>>;

export function facetOf(
  rule: Pick<Rule, "hardware" | "updateType" | "poolFqdn">,
  facet: RuleFacet,
): string {
  if (facet === "pool") {
    return rule.poolFqdn;
  }
  return facet === "updateType" ? rule.updateType : rule.hardware[facet];
}

/** An object with one value for each facet. */
export function recordOfFacets<Value>(
  toValue: (facet: RuleFacet) => Value,
): Record<RuleFacet, Value> {
  return recordOf(RULE_FACETS, toValue);
}
