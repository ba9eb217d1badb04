import type { RuleReleases } from "#firmware/rules/model";

/** The state of a rule as an administrator sees it. */
export const RULE_STATES = ["pending", "approved", "approved_and_pending", "withdrawn"] as const;
export type RuleState = (typeof RULE_STATES)[number];

export function ruleState({ approved, pending }: RuleReleases): RuleState {
  if (approved !== null) {
    return pending === null ? "approved" : "approved_and_pending";
  }
  return pending === null ? "withdrawn" : "pending";
}
