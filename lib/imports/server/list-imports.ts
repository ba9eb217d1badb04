import "server-only";

import { pageWindow } from "#lib/core/paging";
import { requirePermission } from "#lib/core/permissions";
import type { UseCaseContext } from "#lib/core/use-case-context";
import type { ImportSummary } from "#lib/imports/model";
import { IMPORTS_PAGE_SIZE } from "#lib/imports/search-params";
import type { ImportSearch } from "#lib/imports/server/store";
import { searchImports } from "#lib/imports/server/store";
import { db } from "#lib/platform/db/client";

export async function listImports(
  context: UseCaseContext,
  { page, ...search }: ImportSearch & { readonly page: number },
): Promise<{ readonly imports: readonly ImportSummary[]; readonly total: number }> {
  requirePermission(context.actor, "import:read");
  return searchImports(db, search, pageWindow(page, IMPORTS_PAGE_SIZE));
}
