import "server-only";
import type { CheckRecord } from "#lib/devices/model";
import { insertChecks } from "#lib/devices/server/check-store";
import { db } from "#lib/platform/db/client";

/**
 * Keeps what checks left behind. There is nobody to authorise: phones have been let in, or refused, before anything is
 * recorded about them.
 */
export async function recordChecks(records: readonly CheckRecord[]): Promise<void> {
  if (records.length > 0) {
    await insertChecks(db, records);
  }
}
