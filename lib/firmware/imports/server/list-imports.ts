import "server-only";

import type { Paged } from "#foundation/core/paging";
import { PAGE_SIZE, findPage } from "#foundation/core/paging";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { ImportSummary } from "#firmware/imports/model";
import type { ImportSearch } from "#firmware/imports/server/store";
import { searchImports } from "#firmware/imports/server/store";
import { db } from "#foundation/platform/db/client";

/** One page of imports. A page number beyond the end returns the last page. */
export async function listImports(
  context: UseCaseContext,
  { page, ...search }: ImportSearch & { readonly page: number },
): Promise<Paged<{ readonly imports: readonly ImportSummary[] }>> {
  requirePermission(context.actor, "import:read");
  return findPage(page, PAGE_SIZE, (window) => searchImports(db, search, window));
}
