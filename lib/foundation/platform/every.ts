import "server-only";
import { setTimeout as delay } from "node:timers/promises";
import { log } from "#foundation/platform/log";

export type Repetition = { readonly stop: () => Promise<void> };

/**
 * Does something now and again after every pause, never twice at the same time. A failure is logged and does not end
 * the series; stopping waits for what is going on.
 */
export function every(
  pauseMs: number,
  what: string,
  task: (signal: AbortSignal) => Promise<void>,
): Repetition {
  const stopping = new AbortController();
  const done = repeat();
  return {
    stop: async () => {
      stopping.abort();
      await done;
    },
  };

  async function repeat(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await task(stopping.signal);
      } catch (error) {
        log().error({ err: error }, `could not ${what}; trying again later`);
      }
      await delay(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }
}
