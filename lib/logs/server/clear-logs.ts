import "server-only";
import { recordAudit } from "#lib/audit/server/record-audit";
import { deleteAuditFilesBefore } from "#lib/check-audit/server/audit-files";
import { requirePermission } from "#lib/core/permissions";
import type { UseCaseContext } from "#lib/core/use-case-context";
import { logsCleared } from "#lib/logs/audit-facts";
import type { ClearedLogs } from "#lib/logs/model";
import type { ClearLogsInput } from "#lib/logs/schema";
import { deleteLogsOlderThan } from "#lib/logs/server/clean-up";
import { inTransaction } from "#lib/platform/db/client";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Deletes logs of phones, of all sites, and this server's files of the check log that are older than so many days. */
export async function clearLogs(
  context: UseCaseContext,
  { daysBack }: ClearLogsInput,
): Promise<ClearedLogs> {
  requirePermission(context.actor, "settings:write");
  const { now } = context;
  const removedLogs = await deleteLogsOlderThan({ kind: "all" }, daysBack, now);
  const before = new Date(now.getTime() - daysBack * DAY_MS);
  const removedAuditFiles = await deleteAuditFilesBefore(before);
  await inTransaction((tx) =>
    recordAudit(tx, context, [logsCleared({ daysBack, removedLogs, removedAuditFiles })]),
  );
  return { removedLogs, removedAuditFiles };
}
