import type { ImportSummary } from "#firmware/imports/model";
import type { Rule } from "#firmware/rules/model";
import type { WaitingCounts } from "#phones/statistics/waiting";

/** An update that waits for an approval, with what became of it on its test devices. */
export type PendingDecision = {
  readonly rule: Rule;
  readonly testPhones: number;
  /** How many of them run the pending version, and how many fell back, stayed away or report another version. */
  readonly running: number;
  readonly inTrouble: number;
};

/** What waits for a person: all of it as counts, the oldest of it in detail. */
export type Decisions = {
  readonly counts: WaitingCounts;
  readonly pending: readonly PendingDecision[];
  readonly imports: readonly ImportSummary[];
};
