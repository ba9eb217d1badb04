import "server-only";
import { insertChecks } from "#phones/check-log/server/record-store";
import type { StagedChecks } from "#phones/check-log/server/record-store";
import type { BulkConnection } from "#foundation/platform/db/bulk";
import { bulkConnection } from "#foundation/platform/db/bulk";
import { oncePerProcess } from "#foundation/platform/once-per-process";

/**
 * Writes encoded checks. There is no caller to authorise: phones are admitted or refused before a check is recorded.
 */
export async function recordChecks(checks: StagedChecks): Promise<void> {
  await connection().inTransaction((tx) => insertChecks(tx, checks));
}

/** Closes the connection; the next recorded check opens a new one. */
export async function endRecording(): Promise<void> {
  await connection().close();
}

function connection(): BulkConnection {
  return oncePerProcess("check connection", bulkConnection);
}
