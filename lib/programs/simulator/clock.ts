import { setTimeout } from "node:timers/promises";

/** Passed in, so that a test can let a day go by. */
export type PhoneClock = {
  readonly now: () => Date;
  /** Rejects when the phone is stopped meanwhile. */
  readonly waitUntil: (until: Date, signal: AbortSignal) => Promise<void>;
};

/** Timers hold no longer than this; longer waits are made of several. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export const SYSTEM_CLOCK: PhoneClock = {
  now: () => new Date(),
  waitUntil: async (until, signal) => {
    for (let leftMs = leftUntil(until); leftMs > 0; leftMs = leftUntil(until)) {
      await setTimeout(Math.min(leftMs, LONGEST_TIMER_MS), undefined, { signal });
    }
  },
};

function leftUntil(until: Date): number {
  return until.getTime() - Date.now();
}
