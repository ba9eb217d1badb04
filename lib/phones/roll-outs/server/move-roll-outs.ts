import "server-only";
import type { Db } from "#foundation/platform/db/client";
import { replacePhone } from "#phones/roll-outs/server/owner-store";

/** Gives the roll-outs of one row of the inventory to another, by id. The caller checks the permission. */
export async function moveRollOutsUnchecked(
  tx: Db,
  move: { readonly from: string; readonly to: string },
): Promise<number> {
  return replacePhone(tx, move);
}
