import "server-only";
import type { Db } from "#foundation/platform/db/client";

/** Puts one phone in the place of another in every roll-out that does not have it; returns the number of roll-outs. */
export async function replacePhone(
  tx: Db,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<number> {
  return tx.$executeRaw`
    UPDATE "RollOutPhone" moved SET "deviceId" = ${to}::uuid
    WHERE moved."deviceId" = ${from}::uuid AND NOT EXISTS (
      SELECT FROM "RollOutPhone" known
      WHERE known."rollOutId" = moved."rollOutId" AND known."deviceId" = ${to}::uuid
    )`;
}
