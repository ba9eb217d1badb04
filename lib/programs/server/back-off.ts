/** A process that lived this long has recovered from what ended the one before it. */
const RECOVERED_AFTER_MS = 60_000;
const FIRST_DELAY_MS = 100;
const MAX_DELAY_MS = 10_000;

/**
 * How long to wait before a process that ended is started again: at once after a single crash, ever longer while it
 * keeps ending.
 */
export function nextDelayMs(lastDelayMs: number | null, livedMs: number): number {
  return lastDelayMs === null || livedMs >= RECOVERED_AFTER_MS
    ? FIRST_DELAY_MS
    : Math.min(MAX_DELAY_MS, lastDelayMs * 2);
}
