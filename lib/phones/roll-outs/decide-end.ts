import type { RollOutCounts, RollOutState } from "#fleet/devices/roll-out-state";
import { DAY_MS } from "#foundation/core/time";
import type { RollOutEnd } from "#phones/roll-outs/model";

/** A weekend and public holidays are shorter. */
const MIN_STANDSTILL_MS = 7 * DAY_MS;
/** Phones that are switched on check within one interval. */
const STANDSTILL_INTERVALS = 3;

export type RunningRollOut = {
  readonly target: number;
  readonly counts: RollOutCounts;
  /** When a phone last did something. */
  readonly movedAt: Date;
  readonly isHalted: boolean;
};

/** Whether a roll-out is over, and why; null: it goes on. A halted one waits for a decision. */
export function decideEnd(
  { target, counts, movedAt, isHalted }: RunningRollOut,
  { now, nextCheckSeconds }: { readonly now: Date; readonly nextCheckSeconds: number },
): RollOutEnd | null {
  if (target === 0) {
    return "nothing_to_move";
  }
  if (counts.running + counts.left >= target) {
    return "complete";
  }
  const standstillMs = Math.max(MIN_STANDSTILL_MS, STANDSTILL_INTERVALS * nextCheckSeconds * 1000);
  return !isHalted && now.getTime() - movedAt.getTime() >= standstillMs ? "standstill" : null;
}

/** The states that a phone reaches by doing something. A phone becomes silent by doing nothing. */
const ACTIVE_STATES = [
  "offered",
  "downloading",
  "downloaded",
  "running",
  "fell_back",
  "other_version",
] as const satisfies readonly RollOutState[];

/** Whether a phone did something between two samples. */
export function hasMoved(before: RollOutCounts, after: RollOutCounts): boolean {
  return ACTIVE_STATES.some((state) => before[state] !== after[state]);
}
