import "server-only";
import { setTimeout as delay } from "node:timers/promises";
import { isPassingOutage } from "#foundation/platform/db/unavailable";
import { log } from "#foundation/platform/log";

const RETRY_MS = 500;

/**
 * Runs a task that may run again, until it succeeds, for at most `withinMs` after the first failure. Throws at once what
 * is not an outage of the database.
 */
export async function retryWhileAway<T>(withinMs: number, task: () => Promise<T>): Promise<T> {
  let endMs: number | null = null;
  for (;;) {
    try {
      return await task();
    } catch (error) {
      endMs ??= performance.now() + withinMs;
      if (!isPassingOutage(error) || performance.now() >= endMs) {
        throw error;
      }
      log().warn({ err: error }, "the database does not answer; trying again");
      await delay(RETRY_MS);
    }
  }
}
