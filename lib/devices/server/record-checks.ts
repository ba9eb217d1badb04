import "server-only";
import type { CheckRecord } from "#lib/devices/model";
import type { EncodedCheck } from "#lib/devices/server/check-store";
import { encodeCheck, insertChecks } from "#lib/devices/server/check-store";
import { db } from "#lib/platform/db/client";

/** Makes of a check what can wait to be kept. */
export function prepareCheck(record: CheckRecord): EncodedCheck {
  return encodeCheck(record);
}

/**
 * Keeps what checks left behind. There is nobody to authorise: phones have been let in, or refused, before anything is
 * recorded about them.
 */
export async function recordChecks(checks: readonly EncodedCheck[]): Promise<void> {
  if (checks.length > 0) {
    await insertChecks(db, checks);
  }
}
