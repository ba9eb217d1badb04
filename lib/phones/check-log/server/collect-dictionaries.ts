import "server-only";
import {
  DICTIONARIES,
  deleteUnreferenced,
  findUnreferenced,
} from "#phones/check-log/server/dictionary-store";
import { db } from "#foundation/platform/db/client";
import { log } from "#foundation/platform/log";

const FOUND_AT_ONCE = 50_000;
/** Small enough that the recording of checks waits only for a moment. */
const BATCH_ROWS = 2_000;

/**
 * Deletes verdicts and senders to which no check refers any more; called after checks were dropped. Runs on a schedule,
 * so there is no caller to authorise.
 */
export async function collectDictionaries(): Promise<void> {
  for (const dictionary of DICTIONARIES) {
    let removed = 0;
    let found: readonly number[];
    do {
      found = await findUnreferenced(db, dictionary, FOUND_AT_ONCE);
      for (let from = 0; from < found.length; from += BATCH_ROWS) {
        const ids = found.slice(from, from + BATCH_ROWS);
        removed += await db.$transaction((tx) => deleteUnreferenced(tx, dictionary, ids));
      }
    } while (found.length === FOUND_AT_ONCE);
    if (removed > 0) {
      log().info({ dictionary, removed }, "Entries that no check refers to any more were removed");
    }
  }
}
