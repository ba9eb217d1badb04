import type { Hardware } from "#foundation/core/hardware";
import { PROGRESS_STATES } from "#fleet/devices/progress-state";

/**
 * The states of a phone in a roll-out: those of its update; before the first offer `waiting`, or `silent` if it has missed
 * its checks; and `left` if it is no longer a phone of the rule: removed, retired, in another pool, or other hardware.
 */
export const ROLL_OUT_STATES = ["waiting", "silent", ...PROGRESS_STATES, "left"] as const;
export type RollOutState = (typeof ROLL_OUT_STATES)[number];

/** The number of a roll-out's phones in each state. */
export type RollOutStateCounts = Readonly<Record<RollOutState, number>>;

/** The same for the phones at one site. */
export type RollOutSiteCounts = RollOutStateCounts & {
  /** Null: they are at no site. */
  readonly siteName: string | null;
};

export type RollOutCounts = RollOutStateCounts & {
  /** Phones that were not predicted and were offered the version later, and how many of them run it. */
  readonly joined: number;
  readonly joinedRunning: number;
};

/** The phones in all states. */
export function countPhones(counts: RollOutStateCounts): number {
  return ROLL_OUT_STATES.reduce((sum, state) => sum + counts[state], 0);
}

/** A version that a roll-out brings to the phones of a rule. */
export type RolledOutVersion = {
  readonly rollOutId: string;
  readonly poolId: string;
  readonly hardware: Hardware;
  readonly updateType: string;
  readonly version: string;
  readonly startedAt: Date;
  /** Whether the states at the end were stored: then they are the states. */
  readonly isSettled: boolean;
};

/** A roll-out as the inventory needs to know it to tell the states of its phones. */
export type RollOutScope = {
  readonly rollOutId: string;
  readonly poolId: string;
  /** In lower case. */
  readonly hardwareKey: string;
  readonly updateType: string;
  readonly version: string;
  readonly startedAt: Date;
  /** The kinds of phones of the rule, and those among them that run the version, as `decideUpdate` judges them. */
  readonly kindIds: readonly number[];
  readonly runningKindIds: readonly number[];
  /** Whether the states at the end were stored: then they are the states. */
  readonly isSettled: boolean;
};

/** The phones of a roll-out in some states; no state: in all. */
export type RollOutFilter = {
  readonly scope: RollOutScope;
  readonly states: readonly RollOutState[];
};
