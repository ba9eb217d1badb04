import "server-only";
import type { Db } from "#foundation/platform/db/client";

/** Acquires a lock of `TRANSACTION_LOCKS` until the transaction ends; returns false at once if another process has it. */
export async function tryTransactionLock(tx: Db, key: number): Promise<boolean> {
  const [row] = await tx.$queryRaw<[{ isAcquired: boolean }]>`
    SELECT pg_try_advisory_xact_lock(${key}) AS "isAcquired"`;
  return row.isAcquired;
}
