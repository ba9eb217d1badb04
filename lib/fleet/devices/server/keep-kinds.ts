import "server-only";
import {
  assignKinds,
  deleteUnreferencedKinds,
  findLastWithoutKind,
} from "#fleet/devices/server/kind-store";
import { bulkConnection } from "#foundation/platform/db/bulk";
import { db } from "#foundation/platform/db/client";
import { log } from "#foundation/platform/log";

/** Small enough that checks wait for the rows of a batch only for a moment. */
const BATCH_PHONES = 1_000;
const BEFORE_EVERY_ID = "00000000-0000-0000-0000-000000000000";

/**
 * Gives phones without a kind a kind: those of an earlier version, and those that were beyond the hourly limit. Phones
 * are answered and recorded in the meantime. Runs on a schedule, so there is no caller to authorise.
 */
export async function assignMissingKinds(): Promise<void> {
  const connection = bulkConnection();
  try {
    let after = BEFORE_EVERY_ID;
    for (;;) {
      const last = await findLastWithoutKind(db, { after, take: BATCH_PHONES });
      if (last === null) {
        return;
      }
      const range = { after, last };
      await connection.inTransaction((tx) => assignKinds(tx, range));
      after = last;
    }
  } finally {
    await connection.close();
  }
}

/** Deletes kinds that no phone and no verdict refers to any more. Runs on a schedule, so there is no caller to authorise. */
export async function collectKinds(): Promise<void> {
  const removed = await db.$transaction((tx) => deleteUnreferencedKinds(tx));
  if (removed > 0) {
    log().info({ removed }, "Kinds that are no longer used were removed");
  }
}
