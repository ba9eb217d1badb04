import type { MergeCandidate, MergeObstacle } from "#phones/merges/decide-merge";

/** What goes from one row to the other. */
export type MovedFacts = {
  /** Senders of checks: each combination of marks, address and user that checked. */
  readonly senders: number;
  readonly logs: number;
  readonly testDevices: number;
};

export type MergePreview = {
  readonly kept: MergeCandidate;
  readonly merged: MergeCandidate;
  /** Null: they can be merged. */
  readonly obstacle: MergeObstacle | null;
  readonly moved: MovedFacts;
};

export type MergeReport = { readonly keptId: string; readonly moved: MovedFacts };
