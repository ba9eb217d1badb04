/** What waits for a decision of a person. */
export const WAITING_KINDS = [
  "pendingUpdates",
  "askingImports",
  "haltedRollOuts",
  "conflicts",
  "captures",
] as const;
export type WaitingKind = (typeof WAITING_KINDS)[number];

/** The number of items of each kind; null if the reader may not see them. */
export type WaitingCounts = Readonly<Record<WaitingKind, number | null>>;
