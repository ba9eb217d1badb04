import { toTimeRange } from "#foundation/core/time";

export const BOUNDS = ["from", "to"] as const;
export type Bound = (typeof BOUNDS)[number];

/** A bound as two inputs show it, in the browser's time zone. A whole day has an empty time; no bound has an empty day. */
export type ShownBound = { readonly day: string; readonly time: string };

/** Parses a bound from the URL. The end of a day is shown as that day, not as the following midnight. */
export function toShownBound(bound: Bound, text: string): ShownBound {
  const { from, before } = toTimeRange(text, text);
  const instant = bound === "from" ? from : before;
  if (instant === null) {
    return { day: "", time: "" };
  }
  const isStartOfDay = instant.getTime() === startOfDay(instant).getTime();
  const shown = isStartOfDay && bound === "to" ? new Date(instant.getTime() - 1) : instant;
  return {
    day: [
      String(shown.getFullYear()).padStart(4, "0"),
      twoDigits(shown.getMonth() + 1),
      twoDigits(shown.getDate()),
    ].join("-"),
    time: isStartOfDay ? "" : `${twoDigits(shown.getHours())}:${twoDigits(shown.getMinutes())}`,
  };
}

/** The bound for the URL; null if there is none. A day without a time covers the whole day. */
export function toBoundText(bound: Bound, { day, time }: ShownBound): string | null {
  const instant = new Date(`${day}T${time === "" ? "00:00" : time}`);
  if (Number.isNaN(instant.getTime())) {
    return null;
  }
  return (bound === "to" && time === "" ? startOfDay(instant, 1) : instant).toISOString();
}

/** Where the clock is set forward at midnight, a day begins at one o'clock. */
function startOfDay(at: Date, daysLater = 0): Date {
  return new Date(at.getFullYear(), at.getMonth(), at.getDate() + daysLater);
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}
