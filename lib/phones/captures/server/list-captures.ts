import "server-only";
import type { CaptureSummary } from "#phones/captures/model";
import type { CaptureSearch } from "#phones/captures/search-params";
import { CAPTURE_PAGE_SIZE } from "#phones/captures/search-params";
import { countCaptures, searchCaptures } from "#phones/captures/server/store";
import { lastPage, pageWindow } from "#foundation/core/paging";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db } from "#foundation/platform/db/client";

export type CapturePage = {
  readonly captures: readonly CaptureSummary[];
  readonly total: number;
  /** The page shown: the last one where the one asked for lies beyond it. */
  readonly page: number;
};

/** The requests that were kept. */
export async function listCaptures(
  context: UseCaseContext,
  search: CaptureSearch,
): Promise<CapturePage> {
  requirePermission(context.actor, "capture:read");
  const total = await countCaptures(db, search);
  const page = Math.min(Math.max(1, search.page), lastPage(total, CAPTURE_PAGE_SIZE));
  const captures = await searchCaptures(db, search, pageWindow(page, CAPTURE_PAGE_SIZE));
  return { captures, total, page };
}
