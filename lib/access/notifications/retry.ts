import { HOUR_MS } from "#foundation/core/time";

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;

/** The pauses after the first, second … failed attempt: a little more than a day in total. */
const PAUSES_MS = [
  5 * SECOND_MS,
  MINUTE_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  8 * HOUR_MS,
  10 * HOUR_MS,
] as const;

/** When a message is sent again after so many failed attempts; null: no more. */
export function nextAttemptAt(attempts: number, now: Date): Date | null {
  const pauseMs = PAUSES_MS[attempts - 1];
  return pauseMs === undefined ? null : new Date(now.getTime() + pauseMs);
}
