import "server-only";
import { lastPage, pageWindow } from "#foundation/core/paging";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { UserHome } from "#phones/home-pools/model";
import type { UserHomeSearch } from "#phones/home-pools/search-params";
import { USER_HOMES_PER_PAGE } from "#phones/home-pools/search-params";
import { searchUserHomes } from "#phones/home-pools/server/store";
import { db } from "#foundation/platform/db/client";

export type UserHomePage = {
  readonly userHomes: readonly UserHome[];
  readonly total: number;
  /** The page shown: the last one where the one asked for lies beyond it. */
  readonly page: number;
};

/** Users who were given a pool. All others are at home where their SIP domain is, or in the default pool. */
export async function listUserHomes(
  context: UseCaseContext,
  search: UserHomeSearch,
): Promise<UserHomePage> {
  requirePermission(context.actor, "pool:read");
  const asked = Math.max(1, search.page);
  const found = await searchUserHomes(db, search, pageWindow(asked, USER_HOMES_PER_PAGE));
  const page = Math.min(asked, lastPage(found.total, USER_HOMES_PER_PAGE));
  if (page === asked) {
    return { ...found, page };
  }
  const last = await searchUserHomes(db, search, pageWindow(page, USER_HOMES_PER_PAGE));
  return { ...last, page };
}
