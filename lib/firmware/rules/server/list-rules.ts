import "server-only";

import { lastPage, pageWindow } from "#foundation/core/paging";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db } from "#foundation/platform/db/client";
import { requireKnownPools } from "#fleet/pools/server/known-pools";
import type { Rule } from "#firmware/rules/model";
import type { RuleFacets, RuleSearch, RuleView } from "#firmware/rules/search-params";
import { countViews, findFacets, searchRules } from "#firmware/rules/server/store";

export type RulePage = {
  readonly rules: readonly Rule[];
  readonly total: number;
  /** The page shown: the last one where the one asked for lies beyond it. */
  readonly page: number;
  readonly facets: RuleFacets;
  readonly counts: Readonly<Record<RuleView, number>>;
};

/** One page of a view, with what its filters offer and how many rules each view holds. */
export async function listRules(
  context: UseCaseContext,
  { view, search }: { readonly view: RuleView; readonly search: RuleSearch },
): Promise<RulePage> {
  requirePermission(context.actor, "rule:read");
  await requireKnownPools(search.pool);
  const [found, facets, counts] = await Promise.all([
    findPage(view, search),
    findFacets(db, view),
    countViews(db),
  ]);
  return { ...found, facets, counts };
}

/** Whoever removes the rules of the last page is shown the one before it, not an empty table. */
async function findPage(
  view: RuleView,
  search: RuleSearch,
): Promise<Pick<RulePage, "rules" | "total" | "page">> {
  const asked = Math.max(1, search.page);
  const { rules, total } = await searchRules(db, { view, search }, pageWindow(asked, search.size));
  const page = Math.min(asked, lastPage(total, search.size));
  if (page === asked) {
    return { rules, total, page };
  }
  const last = await searchRules(db, { view, search }, pageWindow(page, search.size));
  return { ...last, page };
}
