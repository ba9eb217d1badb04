import type { Frequency } from "#access/notifications/model";
import { HOUR_MS } from "#foundation/core/time";

/** The hour of the daily message, in the person's time zone. */
const DAILY_HOUR = 7;
const HOURS_TO_SEARCH = 26;

/** When a person is told of an event that is known now; null: never. */
export function dueAt(frequency: Frequency, now: Date, timeZone: string): Date | null {
  switch (frequency) {
    case "at_once":
      return now;
    case "hourly":
      return nextHour(now);
    case "daily":
      return nextDailyHour(now, timeZone);
    case "never":
      return null;
  }
}

function nextHour(now: Date): Date {
  return new Date((Math.floor(now.getTime() / HOUR_MS) + 1) * HOUR_MS);
}

/** The next full hour (of UTC) at which it is seven o'clock there, or later in the same hour. */
function nextDailyHour(now: Date, timeZone: string): Date {
  const hourOf = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", hourCycle: "h23" });
  let hour = nextHour(now);
  for (let step = 0; step < HOURS_TO_SEARCH; step += 1) {
    if (Number(hourOf.format(hour)) === DAILY_HOUR) {
      return hour;
    }
    hour = new Date(hour.getTime() + HOUR_MS);
  }
  // A change of the clock skipped the hour: the next day's is early enough.
  return hour;
}
