import "server-only";
import { findLastCheckId } from "#phones/check-log/server/store";
import { db } from "#foundation/platform/db/client";
import { tellFollowers } from "#foundation/platform/live-hub";
import type { RepeatedTask } from "#foundation/platform/repeat-task";
import { repeatTask } from "#foundation/platform/repeat-task";

/** A list of 100,000 phones that is loaded again this often takes about one percent of a processor. */
const LOOK_EVERY_MS = 10_000;

/** Tells open pages of recorded checks, at most every ten seconds; recording does nothing for it (docs/decisions/0036). */
export function startCheckWatch(): RepeatedTask {
  return watchChecks(LOOK_EVERY_MS, () => {
    tellFollowers("checks");
  });
}

/** Asks the database regularly whether checks were recorded, and tells if so. */
export function watchChecks(everyMs: number, tell: () => void): RepeatedTask {
  let last: bigint | null | undefined;
  return repeatTask(everyMs, "look for new checks", async () => {
    const id = await findLastCheckId(db);
    const isNew = last !== undefined && id !== last;
    last = id;
    if (isNew) {
      tell();
    }
  });
}
