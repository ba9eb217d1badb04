import "server-only";
import type { Db } from "#foundation/platform/db/client";
import { countLogsOf, moveLogsOf } from "#phones/device-logs/server/owner-store";

/** Gives the logs of one phone to another; returns their number. The caller checks the permission. */
export async function moveLogsUnchecked(
  tx: Db,
  move: { readonly from: string; readonly to: string },
): Promise<number> {
  return moveLogsOf(tx, move);
}

/** The number of logs of a phone. The caller checks the permission. */
export async function countLogsUnchecked(db: Db, deviceKey: string): Promise<number> {
  return countLogsOf(db, deviceKey);
}
