import type { RuleAction, RuleReleases } from "#firmware/rules/model";

/** The verbs that would do something to a rule; removing it, which is always possible, comes last. */
export function possibleActions({ approved, pending }: RuleReleases): readonly RuleAction[] {
  return [
    ...(pending === null ? [] : (["approve", "reset"] as const)),
    ...(approved === null ? [] : (["restore"] as const)),
    "remove",
  ];
}
