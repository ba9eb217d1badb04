import "server-only";
import type { ArrivalCount } from "#lib/devices/arrivals";
import { addArrivalCounts } from "#lib/devices/server/arrival-store";
import { db } from "#lib/platform/db/client";

/** Adds to what is counted of strangers. There is no caller to authorise: what is counted was refused. */
export async function recordArrivals(counts: readonly ArrivalCount[]): Promise<void> {
  await addArrivalCounts(db, counts);
}
