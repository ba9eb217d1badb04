import type { RuleReleases, RuleVerb } from "#firmware/rules/model";

/** An entry of a rule's history. */
export type RuleEvent = {
  /** A decimal number that increases with time. */
  readonly id: string;
  readonly ruleId: string;
  readonly poolId: string;
  readonly identity: string;
  readonly verb: RuleVerb;
  /** Null if the rule did not exist before, or does not exist after. */
  readonly before: RuleReleases | null;
  readonly after: RuleReleases | null;
  /** The generation of the rule after the event. */
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

/** Whether an event can be undone: it is the last event of its rule, and a person's decision. */
export function isUndoable(
  event: Pick<RuleEvent, "verb" | "generation">,
  rule: { readonly generation: number } | null,
): boolean {
  const isLast = event.verb === "removed" ? rule === null : rule?.generation === event.generation;
  return UNDOABLE[event.verb] && isLast;
}
