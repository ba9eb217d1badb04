import "server-only";
import { isDatabaseUnavailable } from "#foundation/platform/db/unavailable";

/**
 * Runs a step of a repeated task. Ignores an outage of the database or of the content store, which other code reports:
 * the next step retries.
 */
export async function whenAvailable(
  task: () => Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  try {
    await task();
  } catch (error) {
    if (!isDatabaseUnavailable(error) && signal?.aborted !== true) {
      throw error;
    }
  }
}
