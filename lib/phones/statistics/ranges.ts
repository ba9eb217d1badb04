import { DAY_MS, HOUR_MS, WEEK_MS } from "#foundation/core/time";
import type { StatisticsRange } from "#phones/statistics/model";

const MINUTE_MS = 60 * 1000;

/** The length of each range and of the steps that it is shown in: about fifty points, which a chart can show. */
const RANGES = {
  hour: { lengthMs: HOUR_MS, stepMs: 2 * MINUTE_MS },
  day: { lengthMs: DAY_MS, stepMs: HOUR_MS / 2 },
  week: { lengthMs: WEEK_MS, stepMs: 3 * HOUR_MS },
  month: { lengthMs: 30 * DAY_MS, stepMs: DAY_MS / 2 },
  year: { lengthMs: 365 * DAY_MS, stepMs: WEEK_MS },
} as const satisfies Record<
  StatisticsRange,
  { readonly lengthMs: number; readonly stepMs: number }
>;

export type StatisticsWindow = { readonly from: Date; readonly stepSeconds: number };

export function toWindow(range: StatisticsRange, now: Date): StatisticsWindow {
  const { lengthMs, stepMs } = RANGES[range];
  return { from: new Date(now.getTime() - lengthMs), stepSeconds: stepMs / 1000 };
}

/** The start of the hour, in UTC. */
export function startOfHour(at: Date): Date {
  return new Date(Math.floor(at.getTime() / HOUR_MS) * HOUR_MS);
}

/** The start of the minute. */
export function startOfMinute(at: Date): Date {
  return new Date(Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS);
}
