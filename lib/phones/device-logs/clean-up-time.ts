import { SERVER_CLEAN_UP_TIME } from "#phones/device-logs/model";
import { DAY_MS } from "#foundation/core/time";

/** The time of the next clean-up of logs, by the server's clock. */
export function nextCleanUp(now: Date, timeOfDay: string | null): Date {
  const today = onDayOf(now, timeOfDay);
  return today > now ? today : onDayOf(new Date(today.getTime() + DAY_MS), timeOfDay);
}

/**
 * Whether the time of day has passed since the last run. A run that was missed while the server was off is due at once.
 */
export function isCleanUpDue(lastRun: Date | null, now: Date, timeOfDay: string | null): boolean {
  return lastRun === null || nextCleanUp(lastRun, timeOfDay) <= now;
}

function onDayOf(day: Date, timeOfDay: string | null): Date {
  const [hours = 0, minutes = 0] = (timeOfDay ?? SERVER_CLEAN_UP_TIME).split(":").map(Number);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate(), hours, minutes);
}
