import "server-only";
import type { Paged } from "#foundation/core/paging";
import { PAGE_SIZE, findPage } from "#foundation/core/paging";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { UserHome } from "#phones/home-pools/model";
import type { UserHomeSearch } from "#phones/home-pools/search-params";
import { searchUserHomes } from "#phones/home-pools/server/store";
import { db } from "#foundation/platform/db/client";

export type UserHomePage = Paged<{
  readonly userHomes: readonly UserHome[];
}>;

/**
 * Lists the users with an assigned pool. All other users belong to the pool of their SIP domain or to the default pool.
 */
export async function listUserHomes(
  context: UseCaseContext,
  search: UserHomeSearch,
): Promise<UserHomePage> {
  requirePermission(context.actor, "pool:read");
  return findPage(search.page, PAGE_SIZE, (window) => searchUserHomes(db, search, window));
}
