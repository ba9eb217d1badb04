import "server-only";
import type { Db } from "#foundation/platform/db/client";
import { countSendersOf, moveSenders } from "#phones/check-log/server/sender-store";

type Move = { readonly from: string; readonly to: string };

/** Gives the checks of one phone to another; returns the number of their senders. The caller checks the permission. */
export async function moveChecksUnchecked(tx: Db, move: Move): Promise<number> {
  return moveSenders(tx, move);
}

/** The number of senders of the checks of a phone. The caller checks the permission. */
export async function countSendersUnchecked(db: Db, deviceKey: string): Promise<number> {
  return countSendersOf(db, deviceKey);
}
