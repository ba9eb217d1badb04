import { toTimeRange } from "#foundation/core/time-range";

export const BOUNDS = ["from", "to"] as const;
export type Bound = (typeof BOUNDS)[number];

/** A bound as two inputs show it, by the reader's clock; a whole day has no time, and no bound has no day. */
export type ShownBound = { readonly day: string; readonly time: string };

/** Reads a bound of the address. The last moment of a day is shown as that day, not as the midnight after it. */
export function toShownBound(bound: Bound, text: string): ShownBound {
  const { from, before } = toTimeRange(text, text);
  const instant = bound === "from" ? from : before;
  if (instant === null) {
    return { day: "", time: "" };
  }
  const isMidnight = instant.getHours() === 0 && instant.getMinutes() === 0;
  const shown =
    isMidnight && bound === "to" ? new Date(instant.getTime() - 1) : new Date(instant.getTime());
  return {
    day: [
      String(shown.getFullYear()).padStart(4, "0"),
      twoDigits(shown.getMonth() + 1),
      twoDigits(shown.getDate()),
    ].join("-"),
    time: isMidnight ? "" : `${twoDigits(shown.getHours())}:${twoDigits(shown.getMinutes())}`,
  };
}

/** A moment for the address; null where there is no bound. A day without a time is meant from its first to its last moment. */
export function toBoundText(bound: Bound, { day, time }: ShownBound): string | null {
  const instant = new Date(`${day}T${time === "" ? "00:00" : time}`);
  if (Number.isNaN(instant.getTime())) {
    return null;
  }
  if (bound === "to" && time === "") {
    instant.setDate(instant.getDate() + 1);
  }
  return instant.toISOString();
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}
