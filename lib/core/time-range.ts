const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DAY_MS = 24 * 60 * 60 * 1000;

/** From the first moment on, and before the second; null where there is no bound. */
export type TimeRange = { readonly from: Date | null; readonly before: Date | null };

/** Reads two days (UTC, the last one included) or moments in ISO 8601. What is neither bounds nothing. */
export function toTimeRange(from: string, to: string): TimeRange {
  const end = readInstant(to);
  return {
    from: readInstant(from),
    before: end !== null && DAY.test(to) ? new Date(end.getTime() + DAY_MS) : end,
  };
}

function readInstant(text: string): Date | null {
  const instant = new Date(text);
  return /^\d{4}-\d{2}-\d{2}/.test(text) && !Number.isNaN(instant.getTime()) ? instant : null;
}
