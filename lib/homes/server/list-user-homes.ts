import "server-only";
import { lastPage, pageWindow } from "#lib/core/paging";
import { requirePermission } from "#lib/core/permissions";
import type { UseCaseContext } from "#lib/core/use-case-context";
import type { UserHome } from "#lib/homes/model";
import type { UserHomeSearch } from "#lib/homes/search-params";
import { USER_HOMES_PER_PAGE } from "#lib/homes/search-params";
import { searchUserHomes } from "#lib/homes/server/store";
import { db } from "#lib/platform/db/client";

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
