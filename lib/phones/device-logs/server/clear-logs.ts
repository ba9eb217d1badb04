import "server-only";
import { recordAudit } from "#foundation/audit/server/record-audit";
import { deleteAuditFilesBefore } from "#phones/check-log/server/audit-files";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { logsCleared } from "#phones/device-logs/audit-facts";
import type { ClearedLogs } from "#phones/device-logs/model";
import type { ClearLogsInput } from "#phones/device-logs/schema";
import { deleteLogsOlderThan } from "#phones/device-logs/server/clean-up";
import { inTransaction } from "#foundation/platform/db/client";
import { DAY_MS } from "#foundation/core/time";

/** Deletes the device logs of all sites, and this server's files of the check log, that are older than `daysBack`. */
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
