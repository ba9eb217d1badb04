import "server-only";
import { setTimeout as delay } from "node:timers/promises";
import type { CheckKey } from "#phones/check-log/server/earlier-check-sql";
import {
  dropMovedDays,
  findLastEarlier,
  moveEarlierUpTo,
  prepareEarlierDays,
} from "#phones/check-log/server/earlier-check-store";
import type { BulkConnection } from "#foundation/platform/db/bulk";
import { bulkConnection } from "#foundation/platform/db/bulk";
import { db } from "#foundation/platform/db/client";
import { log } from "#foundation/platform/log";

/** Small enough that a batch takes PostgreSQL only tens of milliseconds. */
const BATCH_CHECKS = 2_000;

/**
 * Moves the checks that an earlier version recorded to the dictionaries, in batches, while phones are answered. Pauses
 * after each batch for as long as it took. Ends after the current batch when `signal` aborts, or if another process does
 * the same. Runs on a schedule, so there is no caller to authorise.
 */
export async function moveEarlierChecks(
  signal: AbortSignal,
  { batchChecks = BATCH_CHECKS }: { readonly batchChecks?: number } = {},
): Promise<void> {
  const first = await findLastEarlier(db, batchChecks);
  if (first !== null) {
    await prepareEarlierDays(db);
    const moved = await moveAll(first, batchChecks, signal);
    log().info({ moved }, "Checks of an earlier version were moved to the new tables");
  }
  if (!signal.aborted) {
    await dropMovedDays(db);
  }
}

async function moveAll(first: CheckKey, batchChecks: number, signal: AbortSignal): Promise<number> {
  const connection = bulkConnection();
  let total = 0;
  try {
    let last: CheckKey | null = first;
    do {
      const beginMs = performance.now();
      const moved = await move(connection, last);
      if (moved === null) {
        break;
      }
      total += moved;
      await delay(performance.now() - beginMs, undefined, { signal }).catch(() => undefined);
      last = await findLastEarlier(db, batchChecks);
    } while (last !== null && !signal.aborted);
  } finally {
    await connection.close();
  }
  return total;
}

async function move(connection: BulkConnection, last: CheckKey): Promise<number | null> {
  let moved: number | null = null;
  await connection.inTransaction(async (tx) => {
    moved = await moveEarlierUpTo(tx, last);
  });
  return moved;
}
