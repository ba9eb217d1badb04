/** The number of consecutive failed sign-ins of an account or address, and the time of the last one. */
export type Attempts = { readonly failures: number; readonly lastFailureAtMs: number };

/** Failures before waiting begins. An address has a higher limit because many people may share it. */
export const FREE_FAILURES = { account: 5, address: 20 } as const;

/** Exponential backoff: 2 s, 4 s, 8 s … up to one minute. */
const FIRST_WAIT_MS = 2_000;
const MAX_WAIT_MS = 60_000;
/** After 15 minutes without a failure, earlier failures no longer count. */
export const FORGET_AFTER_MS = 15 * 60_000;

/** Milliseconds until the next attempt is allowed; 0 if it is allowed now. */
export function waitMs(
  attempts: Attempts | undefined,
  freeFailures: number,
  nowMs: number,
): number {
  if (attempts === undefined || attempts.failures < freeFailures) {
    return 0;
  }
  const wait = Math.min(FIRST_WAIT_MS * 2 ** (attempts.failures - freeFailures), MAX_WAIT_MS);
  return Math.max(0, attempts.lastFailureAtMs + wait - nowMs);
}

/** The count after one more failure. */
export function afterFailure(attempts: Attempts | undefined, nowMs: number): Attempts {
  const isForgotten = attempts === undefined || nowMs - attempts.lastFailureAtMs > FORGET_AFTER_MS;
  return { failures: isForgotten ? 1 : attempts.failures + 1, lastFailureAtMs: nowMs };
}
