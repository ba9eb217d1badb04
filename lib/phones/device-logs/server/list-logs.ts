import "server-only";
import { lastPage, pageWindow } from "#foundation/core/paging";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { DeviceLogSummary, LogUsage } from "#phones/device-logs/model";
import type { LogSearch } from "#phones/device-logs/search-params";
import { LOGS_PAGE_SIZE } from "#phones/device-logs/search-params";
import { logUsage } from "#phones/device-logs/server/log-store";
import { countLogs, findLogTypes, searchLogs } from "#phones/device-logs/server/store";
import { db } from "#foundation/platform/db/client";
import { requireKnownPools } from "#fleet/pools/server/known-pools";

export type LogPage = {
  readonly logs: readonly DeviceLogSummary[];
  readonly total: number;
  /** The page shown: the last one where the one asked for lies beyond it. */
  readonly page: number;
};

/** The logs that phones uploaded. */
export async function listLogs(context: UseCaseContext, search: LogSearch): Promise<LogPage> {
  requirePermission(context.actor, "log:read");
  await requireKnownPools(search.pool);
  const total = await countLogs(db, search);
  const page = Math.min(Math.max(1, search.page), lastPage(total, LOGS_PAGE_SIZE));
  const logs = await searchLogs(db, search, pageWindow(page, LOGS_PAGE_SIZE));
  return { logs, total, page };
}

/** The types there are logs of, and how full their store is. */
export async function describeLogs(
  context: UseCaseContext,
): Promise<{ readonly types: readonly string[]; readonly usage: LogUsage }> {
  requirePermission(context.actor, "log:read");
  return { types: await findLogTypes(db), usage: await logUsage() };
}
