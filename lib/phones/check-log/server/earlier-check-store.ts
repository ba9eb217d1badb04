import "server-only";
import {
  FIND_MOVER,
  INSERT_MOVED,
  KEEP_DICTIONARIES,
  PREPARE_DAYS,
  STAGE_TABLE,
  STORE_MOVED_SENDERS,
  STORE_MOVED_VERDICTS,
  stageUpTo,
} from "#phones/check-log/server/earlier-check-sql";
import type { CheckKey } from "#phones/check-log/server/earlier-check-sql";
import type { BulkTransaction } from "#foundation/platform/db/bulk";
import type { Db } from "#foundation/platform/db/client";

/** Whether there are checks that have not moved. Reads one entry of an index, from the end that moves last. */
export async function hasEarlierChecks(db: Db): Promise<boolean> {
  const rows = await db.$queryRaw<object[]>`
    SELECT "at" FROM "EarlierCheck" ORDER BY "at" DESC, "id" DESC LIMIT 1`;
  return rows.length > 0;
}

/** The last of the `take` oldest checks that have not moved; null if there are none. */
export async function findLastEarlier(db: Db, take: number): Promise<CheckKey | null> {
  const rows = await db.$queryRaw<CheckKey[]>`
    SELECT "at", "id" FROM "EarlierCheck" ORDER BY "at", "id" LIMIT ${take}`;
  return rows.at(-1) ?? null;
}

/** Creates the days of the checks that have not moved. */
export async function prepareEarlierDays(db: Db): Promise<void> {
  await db.$executeRawUnsafe(PREPARE_DAYS);
}

/** Moves the checks up to and including a key; returns their number, or null if another process moves checks. */
export async function moveEarlierUpTo(tx: BulkTransaction, last: CheckKey): Promise<number | null> {
  if ((await tx.run(FIND_MOVER)) === 0) {
    return null;
  }
  await tx.run(
    [
      KEEP_DICTIONARIES,
      STAGE_TABLE,
      stageUpTo(last),
      STORE_MOVED_VERDICTS,
      STORE_MOVED_SENDERS,
    ].join(";"),
  );
  return tx.run(INSERT_MOVED);
}

/** Drops the days from which all checks have moved. */
export async function dropMovedDays(db: Db): Promise<void> {
  await db.$executeRaw`SELECT drop_moved_check_days()`;
}
