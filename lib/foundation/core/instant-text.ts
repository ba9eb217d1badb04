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
