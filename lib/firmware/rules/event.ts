import type { RuleReleases, RuleVerb } from "#firmware/rules/model";

/** One line of a rule's history. */
export type RuleEvent = {
  /** Decimal; grows with time. */
  readonly id: string;
  readonly ruleId: string;
  readonly poolId: string;
  readonly identity: string;
  readonly verb: RuleVerb;
  /** Null where there was no rule before, or is none after. */
  readonly before: RuleReleases | null;
  readonly after: RuleReleases | null;
  /** What the rule's generation became. */
  readonly generation: number;
  readonly actorName: string;
  readonly reason: string;
  /** The event that this one undid. */
  readonly undoesId: string | null;
  readonly at: Date;
};

const UNDOABLE = {
  imported: false,
  approved: true,
  reset: true,
  restored: true,
  removed: true,
  undone: false,
} as const satisfies Record<RuleVerb, boolean>;

/** Whether an event can be undone: the last thing that happened, and something a person decided. */
export function isUndoable(
  event: Pick<RuleEvent, "verb" | "generation">,
  rule: { readonly generation: number } | null,
): boolean {
  const isLast = event.verb === "removed" ? rule === null : rule?.generation === event.generation;
  return UNDOABLE[event.verb] && isLast;
}
