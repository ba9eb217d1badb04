import "server-only";
import type { Db } from "#foundation/platform/db/client";

/** Gives the logs of one phone to another; returns their number. */
export async function moveLogsOf(
  tx: Db,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<number> {
  const { count } = await tx.deviceLog.updateMany({
    where: { deviceKey: from },
    data: { deviceKey: to },
  });
  return count;
}

export async function countLogsOf(db: Db, deviceKey: string): Promise<number> {
  return db.deviceLog.count({ where: { deviceKey } });
}
