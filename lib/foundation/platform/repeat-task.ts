import "server-only";
import { setTimeout as delay } from "node:timers/promises";
import { log } from "#foundation/platform/log";

export type RepeatedTask = { readonly stop: () => Promise<void> };

/**
 * Runs a task immediately and then after every pause; runs never overlap. A failure is logged and does not end the
 * series. `stop` waits for the current run.
 */
export function repeatTask(
  pauseMs: number,
  what: string,
  task: (signal: AbortSignal) => Promise<void>,
): RepeatedTask {
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
