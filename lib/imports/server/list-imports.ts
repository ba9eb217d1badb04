import "server-only";

import { lastPage, pageWindow } from "#lib/core/paging";
import { requirePermission } from "#lib/core/permissions";
import type { UseCaseContext } from "#lib/core/use-case-context";
import type { ImportSummary } from "#lib/imports/model";
import { IMPORTS_PAGE_SIZE } from "#lib/imports/search-params";
import type { ImportSearch } from "#lib/imports/server/store";
import { searchImports } from "#lib/imports/server/store";
import { db } from "#lib/platform/db/client";

/** One page of imports; a page beyond the end is the last one. */
export async function listImports(
  context: UseCaseContext,
  { page, ...search }: ImportSearch & { readonly page: number },
): Promise<{
  readonly imports: readonly ImportSummary[];
  readonly total: number;
  readonly page: number;
}> {
  requirePermission(context.actor, "import:read");
  const found = await searchImports(db, search, pageWindow(page, IMPORTS_PAGE_SIZE));
  const last = lastPage(found.total, IMPORTS_PAGE_SIZE);
  if (page <= last) {
    return { ...found, page };
  }
  return { ...(await searchImports(db, search, pageWindow(last, IMPORTS_PAGE_SIZE))), page: last };
}
