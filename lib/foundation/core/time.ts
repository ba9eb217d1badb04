export const HOUR_MS = 60 * 60 * 1000;
export const DAY_MS = 24 * HOUR_MS;
export const WEEK_MS = 7 * DAY_MS;

let lastMs = Number.NaN;
let lastText = "";

/**
 * Formats an instant as RFC 3339 in UTC, with milliseconds. Caches the last result: under load, many records have the same
 * millisecond, and each is written more than once.
 */
export function toInstantText(at: Date): string {
  const ms = at.getTime();
  if (ms !== lastMs) {
    lastText = at.toISOString();
    lastMs = ms;
  }
  return lastText;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** Seconds, their fraction and the zone are optional. Without a zone, the time is UTC. */
const MOMENT =
  /^(?<day>\d{4}-\d{2}-\d{2})[T ](?<time>(?:[01]\d|2[0-3]):[0-5]\d)(?<seconds>:[0-5]\d(?:\.\d{1,9})?)?(?<zone>Z|[+-](?:0\d|1[0-4]):?[0-5]\d)?$/i;

/** `from` is inclusive, `before` exclusive; null for no bound. */
export type TimeRange = { readonly from: Date | null; readonly before: Date | null };

/**
 * Parses two days (UTC, the last one included) or times. Other text gives no bound: endpoints refuse it with
 * `timeText`.
 */
export function toTimeRange(from: string, to: string): TimeRange {
  const end = readInstant(to);
  return {
    from: readInstant(from),
    before: end !== null && DAY.test(to) ? new Date(end.getTime() + DAY_MS) : end,
  };
}

/** Parses a time, or the start of a day; null for other text, also for a day that does not exist. */
export function readInstant(text: string): Date | null {
  if (DAY.test(text)) {
    return isCalendarDay(text) ? new Date(`${text}T00:00:00Z`) : null;
  }
  const parts = MOMENT.exec(text)?.groups;
  if (parts === undefined || !isCalendarDay(parts.day ?? "")) {
    return null;
  }
  const { day, time, seconds = ":00", zone = "Z" } = parts;
  // `Date` has milliseconds, which is also the precision of the columns.
  const instant = new Date(`${day}T${time}${seconds.slice(0, ":00.000".length)}${toZone(zone)}`);
  return Number.isNaN(instant.getTime()) ? null : instant;
}

/** Whether a day exists: `Date` would turn 2026-02-30 into a day of March. */
function isCalendarDay(day: string): boolean {
  const midnight = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day);
}

function toZone(zone: string): string {
  const upper = zone.toUpperCase();
  return upper === "Z" || upper.includes(":") ? upper : `${upper.slice(0, 3)}:${upper.slice(3)}`;
}
