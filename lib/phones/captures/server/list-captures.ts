import "server-only";
import type { CaptureSummary } from "#phones/captures/model";
import type { CaptureSearch } from "#phones/captures/search-params";
import { countCaptures, searchCaptures } from "#phones/captures/server/store";
import type { Paged } from "#foundation/core/paging";
import { PAGE_SIZE, pageWindow, pageWithin } from "#foundation/core/paging";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db } from "#foundation/platform/db/client";

export type CapturePage = Paged<{
  readonly captures: readonly CaptureSummary[];
}>;

/** One page of the captured requests. */
export async function listCaptures(
  context: UseCaseContext,
  search: CaptureSearch,
): Promise<CapturePage> {
  requirePermission(context.actor, "capture:read");
  const total = await countCaptures(db, search);
  const page = pageWithin(total, search.page, PAGE_SIZE);
  const captures = await searchCaptures(db, search, pageWindow(page, PAGE_SIZE));
  return { captures, total, page };
}
