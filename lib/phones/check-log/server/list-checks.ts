import "server-only";
import type { CheckEntry } from "#phones/check-log/check-row";
import type { CheckFilter, CheckSearch } from "#phones/check-log/search-params";
import { CHECKS_PAGE_SIZE } from "#phones/check-log/search-params";
import type { CheckCursor } from "#phones/check-log/server/store";
import {
  countChecks,
  findChecksAfter,
  findChecksOfDevice,
  searchChecks,
} from "#phones/check-log/server/store";
import { lastPage, pageWindow } from "#foundation/core/paging";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db } from "#foundation/platform/db/client";
import { requireKnownPools } from "#fleet/pools/server/known-pools";

export type CheckPage = {
  readonly checks: readonly CheckEntry[];
  /** `MOST_COUNTED` also stands for more. */
  readonly total: number;
  /** The page shown: the last one where the one asked for lies beyond it. */
  readonly page: number;
};

const BATCH_SIZE = 500;
const RECENT_CHECKS = 50;

/** What phones asked, and what became of it. */
export async function listChecks(context: UseCaseContext, search: CheckSearch): Promise<CheckPage> {
  requirePermission(context.actor, "device:read");
  await requireKnownPools(search.pool);
  const total = await countChecks(db, search);
  const page = Math.min(Math.max(1, search.page), lastPage(total, CHECKS_PAGE_SIZE));
  const checks = await searchChecks(db, search, pageWindow(page, CHECKS_PAGE_SIZE));
  return { checks, total, page };
}

/** The newest checks of one device, newest first. */
export async function listChecksOfDevice(
  context: UseCaseContext,
  { deviceId }: { readonly deviceId: string },
): Promise<readonly CheckEntry[]> {
  requirePermission(context.actor, "device:read");
  return findChecksOfDevice(db, { deviceId, take: RECENT_CHECKS });
}

/** Every check that matches, newest first, in batches. */
export function everyCheck(
  context: UseCaseContext,
  filter: CheckFilter,
): AsyncGenerator<readonly CheckEntry[]> {
  requirePermission(context.actor, "device:read");
  return inBatches(filter);
}

async function* inBatches(filter: CheckFilter): AsyncGenerator<readonly CheckEntry[]> {
  await requireKnownPools(filter.pool);
  let cursor: CheckCursor | null = null;
  for (;;) {
    const batch: readonly CheckEntry[] = await findChecksAfter(db, filter, {
      cursor,
      take: BATCH_SIZE,
    });
    yield batch;
    const last = batch.at(-1);
    if (last === undefined || batch.length < BATCH_SIZE) {
      return;
    }
    cursor = { at: last.at, id: last.id };
  }
}
