import "server-only";
import { findFirstHost } from "#foundation/notices/server/condition-store";
import { db } from "#foundation/platform/db/client";

/** A host that has not measured for this time is stopped or lost. */
const HOST_COUNTS_FOR_MS = 2 * 60 * 1000;

/** Whether this host is the one that acts for all when the database cannot say which one does. */
export async function isFirstHost(host: string, now: Date): Promise<boolean> {
  const since = new Date(now.getTime() - HOST_COUNTS_FOR_MS);
  return (await findFirstHost(db, "store_away", since)) === host;
}
