import "server-only";
import { deleteEndedImports } from "#firmware/imports/server/store";
import { db } from "#foundation/platform/db/client";
import { env } from "#foundation/platform/env";
import { DAY_MS } from "#foundation/core/time";

const AT_ONCE = 500;

/**
 * Removes old finished imports and their reports. Runs on a schedule, so there is no caller to authorise. The imported
 * rules and releases and the audit trail stay.
 */
export async function forgetImports(now: Date): Promise<number> {
  const before = new Date(now.getTime() - env().IMPORT_RETENTION_DAYS * DAY_MS);
  let removed = 0;
  for (;;) {
    const count = await deleteEndedImports(db, before, AT_ONCE);
    removed += count;
    if (count < AT_ONCE) {
      return removed;
    }
  }
}
