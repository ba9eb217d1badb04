import type { RollOutCounts } from "#fleet/devices/roll-out-state";
import type { BrakeFigures } from "#phones/roll-outs/decide-brake";
import type { RollOutKind } from "#firmware/rules/roll-out-kind";
import type { Hardware } from "#foundation/core/hardware";
import { DAY_MS } from "#foundation/core/time";

/**
 * Why a roll-out ended: all its phones run the version; nothing changed for a long time; another decision about the rule
 * replaced it; or it had no phone to move.
 */
export const ROLL_OUT_ENDS = ["complete", "standstill", "superseded", "nothing_to_move"] as const;
export type RollOutEnd = (typeof ROLL_OUT_ENDS)[number];

/** How long after the end of a roll-out the list of its phones is kept. */
export const MAX_PHONE_LIST_AGE_MS = 90 * DAY_MS;

/** What became of a change of the approved version. */
export type RollOut = {
  readonly id: string;
  readonly ruleId: string;
  readonly poolId: string;
  readonly poolFqdn: string;
  /** Null if the pool was removed since. */
  readonly siteName: string | null;
  /** The event of the rule that opened it. */
  readonly eventId: string;
  readonly requestId: string;
  readonly kind: RollOutKind;
  readonly hardware: Hardware;
  readonly updateType: string;
  readonly fromVersion: string | null;
  /** Null: the approved version was withdrawn. */
  readonly toVersion: string | null;
  readonly pendingBefore: string | null;
  readonly pendingAfter: string | null;
  readonly reason: string;
  readonly startedBy: string;
  readonly startedAt: Date;
  /** The roll-outs of the same rule before and after it. */
  readonly previousId: string | null;
  readonly nextId: string | null;
  /** How many phones it moves, as predicted when it began; null until they are counted. */
  readonly target: number | null;
  /** When a number last changed. */
  readonly movedAt: Date | null;
  readonly endedAt: Date | null;
  readonly endReason: RollOutEnd | null;
  /** When the last numbers were stored. */
  readonly settledAt: Date | null;
  /** When the brake halted it; null: it goes on. */
  readonly haltedAt: Date | null;
  readonly brakeFrom: Date | null;
  readonly warnedAt: Date | null;
};

/** The numbers of a roll-out at a time. */
export type RollOutSample = RollOutCounts & { readonly at: Date };

/** What lists show and filter by: whether it is under way, or how it ended. */
export const ROLL_OUT_STATUSES = ["under_way", "halted", ...ROLL_OUT_ENDS] as const;
export type RollOutStatus = (typeof ROLL_OUT_STATUSES)[number];

/** A roll-out with its last numbers. */
export type RollOutSummary = RollOut & {
  readonly status: RollOutStatus;
  /** Null until its phones are counted. */
  readonly counts: RollOutSample | null;
  /** When the last phone is expected to run the version; null if that cannot be known, or if it is over. */
  readonly expectedFinish: Date | null;
};

/** Something that happened to a roll-out after it was opened. */
export const ROLL_OUT_EVENT_KINDS = ["warned", "halted", "continued"] as const;
export type RollOutEventKind = (typeof ROLL_OUT_EVENT_KINDS)[number];

export type RollOutEvent = {
  readonly at: Date;
  readonly kind: RollOutEventKind;
  readonly actorName: string;
  readonly reason: string;
  /** What the brake decided from; null if it was an administrator. */
  readonly figures: BrakeFigures | null;
};
