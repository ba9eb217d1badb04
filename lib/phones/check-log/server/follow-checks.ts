import "server-only";
import { watchChecks } from "#phones/check-log/server/watch-checks";
import { oncePerProcess } from "#foundation/platform/once-per-process";
import type { RepeatedTask } from "#foundation/platform/repeat-task";

/** A list of 100,000 phones that is loaded again this often takes about one percent of a processor. */
const LOOK_EVERY_MS = 10_000;

type Followers = { readonly listeners: Set<() => void>; watch: RepeatedTask | null };

/**
 * Calls the listener after checks were recorded, at most every ten seconds, until `stop`. Only a process that has
 * listeners asks the database, and recording does nothing for it (docs/decisions/0036).
 */
export function followChecks(listener: () => void): { readonly stop: () => void } {
  const followers = checkFollowers();
  followers.listeners.add(listener);
  followers.watch ??= watchChecks(LOOK_EVERY_MS, () => {
    followers.listeners.forEach((tell) => {
      tell();
    });
  });
  return {
    stop: () => {
      followers.listeners.delete(listener);
      if (followers.listeners.size === 0) {
        void followers.watch?.stop();
        followers.watch = null;
      }
    },
  };
}

function checkFollowers(): Followers {
  return oncePerProcess("followers of checks", () => ({
    listeners: new Set<() => void>(),
    watch: null,
  }));
}
