import "server-only";

import { pageWindow } from "#lib/core/paging";
import { requirePermission } from "#lib/core/permissions";
import type { UseCaseContext } from "#lib/core/use-case-context";
import { db } from "#lib/platform/db/client";
import type { Rule } from "#lib/rules/model";
import { MOST_RULES_AT_ONCE } from "#lib/rules/schema";
import type { RuleFacets, RuleSearch, RuleView } from "#lib/rules/search-params";
import { countViews, findFacets, findMatchingRules, searchRules } from "#lib/rules/server/store";

export type RulePage = {
  readonly rules: readonly Rule[];
  readonly total: number;
  readonly facets: RuleFacets;
  readonly counts: Readonly<Record<RuleView, number>>;
};

/** One page of a view, with what its filters offer and how many rules each view holds. */
export async function listRules(
  context: UseCaseContext,
  { view, search }: { readonly view: RuleView; readonly search: RuleSearch },
): Promise<RulePage> {
  requirePermission(context.actor, "rule:read");
  const [page, facets, counts] = await Promise.all([
    searchRules(db, view, search, pageWindow(search.page, search.pageSize)),
    findFacets(db, view),
    countViews(db),
  ]);
  return { rules: page.rules, total: page.total, facets, counts };
}

/** Every rule that matches, not paged, up to what one action may take. */
export async function listMatchingRules(
  context: UseCaseContext,
  { view, search }: { readonly view: RuleView; readonly search: RuleSearch },
): Promise<readonly Rule[]> {
  requirePermission(context.actor, "rule:read");
  return findMatchingRules(db, view, search, MOST_RULES_AT_ONCE);
}
