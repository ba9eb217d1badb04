import { DAY_MS, HOUR_MS, WEEK_MS } from "#foundation/core/time";

/** How far back the chart of a roll-out looks: all of it, or its last hour, day, week or month. */
export const ROLL_OUT_RANGES = ["all", "hour", "day", "week", "month"] as const;
export type RollOutRange = (typeof ROLL_OUT_RANGES)[number];

const LENGTHS_MS = {
  all: Number.POSITIVE_INFINITY,
  hour: HOUR_MS,
  day: DAY_MS,
  week: WEEK_MS,
  month: 30 * DAY_MS,
} as const satisfies Record<RollOutRange, number>;

/** The length of a range, in milliseconds. */
export function rangeLengthMs(range: RollOutRange): number {
  return LENGTHS_MS[range];
}
