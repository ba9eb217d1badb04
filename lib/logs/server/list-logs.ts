import "server-only";
import { lastPage, pageWindow } from "#lib/core/paging";
import { requirePermission } from "#lib/core/permissions";
import type { UseCaseContext } from "#lib/core/use-case-context";
import type { DeviceLogSummary, LogUsage } from "#lib/logs/model";
import type { LogSearch } from "#lib/logs/search-params";
import { LOGS_PAGE_SIZE } from "#lib/logs/search-params";
import { logUsage } from "#lib/logs/server/log-store";
import { countLogs, findLogTypes, searchLogs } from "#lib/logs/server/store";
import { db } from "#lib/platform/db/client";
import { requireKnownPools } from "#lib/pools/server/known-pools";

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
