import "server-only";
import type { Subscription } from "#foundation/platform/db/listen";
import { startLiveHub } from "#foundation/platform/live-hub";
import { oncePerProcess } from "#foundation/platform/once-per-process";
import { startCheckWatch } from "#phones/check-log/server/watch-checks";

/**
 * Starts what tells open pages of changes, until stopped. The panel starts it with the process; where Next alone is the host,
 * the first page does. A process has it once: further calls share it.
 */
export function startLiveSources(): Subscription {
  return oncePerProcess("live sources", () => {
    const sources = [startLiveHub(), startCheckWatch()];
    return {
      stop: async () => {
        await Promise.all(sources.map(({ stop }) => stop()));
      },
    };
  });
}
