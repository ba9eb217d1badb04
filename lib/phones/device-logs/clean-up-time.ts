import { SERVER_CLEAN_UP_TIME } from "#phones/device-logs/model";

/** The time of the next clean-up of logs, by the server's clock. */
export function nextCleanUp(now: Date, timeOfDay: string | null): Date {
  const today = onDayOf(now, timeOfDay);
  return today > now ? today : onDayOf(now, timeOfDay, 1);
}

/**
 * Whether the time of day has passed since the last run. A run that was missed while the server was off is due at once.
 */
export function isCleanUpDue(lastRun: Date | null, now: Date, timeOfDay: string | null): boolean {
  return lastRun === null || nextCleanUp(lastRun, timeOfDay) <= now;
}

/** Counts days by the calendar: on the day of a change of the clock, 24 hours later may be the same day or the day after next. */
function onDayOf(now: Date, timeOfDay: string | null, daysLater = 0): Date {
  const [hours = 0, minutes = 0] = (timeOfDay ?? SERVER_CLEAN_UP_TIME).split(":").map(Number);
  const day = now.getDate() + daysLater;
  return new Date(now.getFullYear(), now.getMonth(), day, hours, minutes);
}
