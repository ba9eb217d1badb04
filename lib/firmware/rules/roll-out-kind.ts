import type { RuleReleases, RuleVerb } from "#firmware/rules/model";

/** What opened a roll-out. A removed rule is a withdrawal: its phones get nothing more. */
export const ROLL_OUT_KINDS = ["approval", "restore", "withdrawal", "undo"] as const;
export type RollOutKind = (typeof ROLL_OUT_KINDS)[number];

const KINDS = {
  imported: null,
  approved: "approval",
  reset: null,
  restored: "restore",
  removed: "withdrawal",
  undone: "undo",
} as const satisfies Record<RuleVerb, RollOutKind | null>;

type RuleChange = {
  readonly verb: RuleVerb;
  readonly before: RuleReleases | null;
  readonly after: RuleReleases | null;
};

/** The kind of the roll-out that a change of a rule opens; null if the approved version stays the same. */
export function rollOutKind({ verb, before, after }: RuleChange): RollOutKind | null {
  const approved = after?.approved ?? null;
  if (approved?.version === before?.approved?.version) {
    return null;
  }
  return verb !== "undone" && approved === null ? "withdrawal" : KINDS[verb];
}
