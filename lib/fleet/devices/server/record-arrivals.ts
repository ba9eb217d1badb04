import "server-only";
import type { ArrivalCount } from "#fleet/devices/arrivals";
import { addArrivalCounts } from "#fleet/devices/server/arrival-store";
import { db } from "#foundation/platform/db/client";

/** Adds to the arrival counts. There is no caller to authorise: the counted requests were refused. */
export async function recordArrivals(counts: readonly ArrivalCount[]): Promise<void> {
  await addArrivalCounts(db, counts);
}
