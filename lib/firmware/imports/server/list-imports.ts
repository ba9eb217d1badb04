import "server-only";

import { lastPage, pageWindow } from "#foundation/core/paging";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { ImportSummary } from "#firmware/imports/model";
import { IMPORTS_PAGE_SIZE } from "#firmware/imports/search-params";
import type { ImportSearch } from "#firmware/imports/server/store";
import { searchImports } from "#firmware/imports/server/store";
import { db } from "#foundation/platform/db/client";

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
