/** A condition of the service or of a host, such as a full disk, as it was last known. */
export type ConditionState = {
  readonly isRaised: boolean;
  /** When it was raised; null while it is not. */
  readonly raisedAt: Date | null;
  /** Since when all measurements contradict `isRaised`; null if the last one does not. */
  readonly contrarySince: Date | null;
};

/** `between`: neither bad enough to raise the condition nor good enough to clear it. */
export type Measurement = "bad" | "between" | "good";

/** How long measurements must contradict the state before it changes. */
export type ConditionDelays = {
  readonly raiseAfterMs: number;
  readonly clearAfterMs: number;
};

export const CLEARED: ConditionState = { isRaised: false, raisedAt: null, contrarySince: null };

/**
 * The state after one more measurement, and what changed. Delays and the range between bad and good keep a value that
 * moves around its limit from being told again and again.
 */
export function decideCondition(
  before: ConditionState,
  { measurement, now }: { readonly measurement: Measurement; readonly now: Date },
  { raiseAfterMs, clearAfterMs }: ConditionDelays,
): { readonly after: ConditionState; readonly change: "raised" | "cleared" | null } {
  if (measurement !== (before.isRaised ? "good" : "bad")) {
    return { after: { ...before, contrarySince: null }, change: null };
  }
  const contrarySince = before.contrarySince ?? now;
  const delayMs = before.isRaised ? clearAfterMs : raiseAfterMs;
  if (now.getTime() - contrarySince.getTime() < delayMs) {
    return { after: { ...before, contrarySince }, change: null };
  }
  return before.isRaised
    ? { after: CLEARED, change: "cleared" }
    : {
        after: { isRaised: true, raisedAt: contrarySince, contrarySince: null },
        change: "raised",
      };
}
