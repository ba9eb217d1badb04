let lastMs = Number.NaN;
let lastText = "";

/**
 * A moment as RFC 3339 writes it in UTC, to the millisecond. Remembers the last one: in a storm many things happen in the
 * same millisecond, and each is written down more than once.
 */
export function toInstantText(at: Date): string {
  const ms = at.getTime();
  if (ms !== lastMs) {
    lastText = at.toISOString();
    lastMs = ms;
  }
  return lastText;
}
