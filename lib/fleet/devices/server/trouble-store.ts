import "server-only";
import type { ProgressLimits, ProgressState } from "#fleet/devices/progress-state";
import { listedProgressState } from "#fleet/devices/server/progress-state-sql";
import type { Db } from "#foundation/platform/db/client";

/** How many phones are in each state of an update. Phones without an update and retired phones are not counted. */
export async function countProgressStates(
  db: Db,
  limits: ProgressLimits,
): Promise<ReadonlyMap<ProgressState, number>> {
  const rows = await db.$queryRaw<{ state: ProgressState; count: number }[]>`
    SELECT ${listedProgressState(limits)} AS "state", count(*)::int AS "count"
    FROM "ListedDevice" listed WHERE listed."progressStage" IS NOT NULL GROUP BY 1`;
  return new Map(rows.map(({ state, count }) => [state, count]));
}
