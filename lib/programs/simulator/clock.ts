import { setTimeout } from "node:timers/promises";

/** Passed in, so that tests can skip time. */
export type PhoneClock = {
  readonly now: () => Date;
  /** Rejects when `signal` aborts. */
  readonly waitUntil: (until: Date, signal: AbortSignal) => Promise<void>;
};

/** The longest delay of a timer; longer waits use several timers. */
const MAX_TIMER_MS = 2 ** 31 - 1;

export const SYSTEM_CLOCK: PhoneClock = {
  now: () => new Date(),
  waitUntil: async (until, signal) => {
    for (let leftMs = leftUntil(until); leftMs > 0; leftMs = leftUntil(until)) {
      await setTimeout(Math.min(leftMs, MAX_TIMER_MS), undefined, { signal });
    }
  },
};

function leftUntil(until: Date): number {
  return until.getTime() - Date.now();
}
