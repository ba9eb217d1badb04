/** How often somebody failed to sign in, and when last. */
export type Attempts = { readonly failures: number; readonly lastFailureAtMs: number };

/** Failures before waiting begins. Many people may share an address, so it is allowed more. */
export const FREE_FAILURES = { account: 5, address: 20 } as const;

/** How waiting grows: 2 s, 4 s, 8 s … up to a minute. */
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 60_000;
/** A quarter of an hour without a failure forgets the earlier ones. */
export const FORGET_AFTER_MS = 15 * 60_000;

/** Milliseconds until the next attempt is looked at; 0 if it may be made now. */
export function waitMs(
  attempts: Attempts | undefined,
  freeFailures: number,
  nowMs: number,
): number {
  if (attempts === undefined || attempts.failures < freeFailures) {
    return 0;
  }
  const wait = Math.min(FIRST_WAIT_MS * 2 ** (attempts.failures - freeFailures), LONGEST_WAIT_MS);
  return Math.max(0, attempts.lastFailureAtMs + wait - nowMs);
}

/** The count after one more failure. */
export function afterFailure(attempts: Attempts | undefined, nowMs: number): Attempts {
  const isForgotten = attempts === undefined || nowMs - attempts.lastFailureAtMs > FORGET_AFTER_MS;
  return { failures: isForgotten ? 1 : attempts.failures + 1, lastFailureAtMs: nowMs };
}
