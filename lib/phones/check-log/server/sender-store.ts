import "server-only";
import type { Db } from "#foundation/platform/db/client";

/**
 * Gives the senders of one phone to another; returns their number. The content of such a sender no longer matches its
 * digest, so that it gets one that no check has.
 */
export async function moveSenders(
  tx: Db,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<number> {
  return tx.$executeRaw`
    UPDATE "CheckSender" SET "deviceKey" = ${to}, "digest" = uuid_send(gen_random_uuid())
    WHERE "deviceKey" = ${from}`;
}

export async function countSendersOf(db: Db, deviceKey: string): Promise<number> {
  return db.checkSender.count({ where: { deviceKey } });
}
