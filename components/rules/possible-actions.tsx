import type { RuleAction, RuleReleases } from "#firmware/rules/model";

/** The actions that would change a rule. Removal, which is always possible, is the last. */
export function possibleActions({ approved, pending }: RuleReleases): readonly RuleAction[] {
  return [
    ...(pending === null ? [] : (["approve", "reset"] as const)),
    ...(approved === null ? [] : (["restore"] as const)),
    "remove",
  ];
}
