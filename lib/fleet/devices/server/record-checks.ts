import "server-only";
import type { Buffer } from "node:buffer";
import type { CheckRecord } from "#fleet/devices/model";
import type { EncodedCheck } from "#fleet/devices/server/check-store";
import { encodeCheck, insertChecks } from "#fleet/devices/server/check-store";
import type { BulkConnection } from "#foundation/platform/db/bulk";
import { bulkConnection } from "#foundation/platform/db/bulk";
import { oncePerProcess } from "#foundation/platform/once-per-process";

/** Makes of a check what can wait to be kept. */
export function prepareCheck(record: CheckRecord): EncodedCheck {
  return encodeCheck(record);
}

/**
 * Keeps what checks left behind, given as what `prepareCheck` made of each, one after the other. There is nobody to
 * authorise: phones have been let in, or refused, before anything is recorded about them.
 */
export async function recordChecks(checks: Buffer): Promise<void> {
  await connection().inTransaction((tx) => insertChecks(tx, checks));
}

/** Gives the database its connection back; the next check to be kept opens another. */
export async function endRecording(): Promise<void> {
  await connection().close();
}

function connection(): BulkConnection {
  return oncePerProcess("check connection", bulkConnection);
}
