import "server-only";
import type { CheckEntry } from "#phones/check-log/check-row";
import type { CheckFilter, CheckSearch } from "#phones/check-log/search-params";
import { selectChecks } from "#phones/check-log/server/check-search-sql";
import type { CheckCursor, DeviceWindow } from "#phones/check-log/server/store";
import {
  countChecks,
  findChecksAfter,
  findChecksOfDevice,
  searchChecks,
} from "#phones/check-log/server/store";
import type { Paged } from "#foundation/core/paging";
import { PAGE_SIZE, pageWindow, pageWithin } from "#foundation/core/paging";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db } from "#foundation/platform/db/client";
import { requireKnownPoolsUnchecked } from "#fleet/pools/server/known-pools";

/** A total of `MAX_COUNTED_CHECKS` means that many or more. */
export type CheckPage = Paged<{ readonly checks: readonly CheckEntry[] }>;

const BATCH_SIZE = 500;

/** One page of the check log. */
export async function listChecks(context: UseCaseContext, search: CheckSearch): Promise<CheckPage> {
  requirePermission(context.actor, "device:read");
  await requireKnownPoolsUnchecked(search.pool);
  const selection = await selectChecks(db, search);
  const total = await countChecks(db, selection);
  const page = pageWithin(total, search.page, PAGE_SIZE);
  const checks = await searchChecks(db, selection, {
    order: search.order,
    ...pageWindow(page, PAGE_SIZE),
  });
  return { checks, total, page };
}

/** The checks of one device before an instant, newest first, with the refused ones that stated its MAC address. */
export async function listChecksOfDevice(
  context: UseCaseContext,
  window: DeviceWindow,
): Promise<readonly CheckEntry[]> {
  requirePermission(context.actor, "device:read");
  return findChecksOfDevice(db, window);
}

/** All matching checks, newest first, in batches. */
export function everyCheck(
  context: UseCaseContext,
  filter: CheckFilter,
): AsyncGenerator<readonly CheckEntry[]> {
  requirePermission(context.actor, "device:read");
  return inBatches(filter);
}

async function* inBatches(filter: CheckFilter): AsyncGenerator<readonly CheckEntry[]> {
  await requireKnownPoolsUnchecked(filter.pool);
  const selection = await selectChecks(db, filter);
  let cursor: CheckCursor | null = null;
  for (;;) {
    const batch: readonly CheckEntry[] = await findChecksAfter(db, selection, {
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
