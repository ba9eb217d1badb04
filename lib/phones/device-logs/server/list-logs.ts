import "server-only";
import type { Paged } from "#foundation/core/paging";
import { PAGE_SIZE, pageWindow, pageWithin } from "#foundation/core/paging";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { DeviceLogSummary, LogUsage } from "#phones/device-logs/model";
import type { LogSearch } from "#phones/device-logs/search-params";
import { logUsage } from "#phones/device-logs/server/log-store";
import {
  countLogs,
  findLogTypes,
  findLogsOfDevice,
  searchLogs,
} from "#phones/device-logs/server/store";
import { db } from "#foundation/platform/db/client";
import { requireKnownPoolsUnchecked } from "#fleet/pools/server/known-pools";

export type LogPage = Paged<{
  readonly logs: readonly DeviceLogSummary[];
}>;

/** Lists the logs that phones uploaded. */
export async function listLogs(context: UseCaseContext, search: LogSearch): Promise<LogPage> {
  requirePermission(context.actor, "log:read");
  await requireKnownPoolsUnchecked(search.pool);
  const total = await countLogs(db, search);
  const page = pageWithin(total, search.page, PAGE_SIZE);
  const logs = await searchLogs(db, search, pageWindow(page, PAGE_SIZE));
  return { logs, total, page };
}

/** The logs that one phone uploaded before an instant, newest first. */
export async function listLogsOfDevice(
  context: UseCaseContext,
  window: { readonly deviceId: string; readonly before: Date | null; readonly take: number },
): Promise<readonly DeviceLogSummary[]> {
  requirePermission(context.actor, "log:read");
  return findLogsOfDevice(db, window);
}

/** Returns the types of the stored logs and the usage of the store. */
export async function describeLogs(
  context: UseCaseContext,
): Promise<{ readonly types: readonly string[]; readonly usage: LogUsage }> {
  requirePermission(context.actor, "log:read");
  return { types: await findLogTypes(db), usage: await logUsage() };
}
