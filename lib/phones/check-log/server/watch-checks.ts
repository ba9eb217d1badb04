import "server-only";
import { findLastCheckId } from "#phones/check-log/server/store";
import { db } from "#foundation/platform/db/client";
import type { RepeatedTask } from "#foundation/platform/repeat-task";
import { repeatTask } from "#foundation/platform/repeat-task";

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
