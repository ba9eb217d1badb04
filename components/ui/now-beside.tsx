/** Less than this in the future has just passed, by the clock of the server. */
const MAX_CLOCK_DIFFERENCE_MS = 2 * 60 * 1000;

/**
 * The time that is now, beside a date that is shown relative to it; both in milliseconds. The clocks of server and browser
 * can differ: a date that has just passed must not be in the future.
 */
export function nowBeside(dateMs: number, nowMs: number): number {
  const aheadMs = dateMs - nowMs;
  return aheadMs > 0 && aheadMs < MAX_CLOCK_DIFFERENCE_MS ? dateMs : nowMs;
}
