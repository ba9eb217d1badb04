import "server-only";

import type { Paged } from "#foundation/core/paging";
import { findPage } from "#foundation/core/paging";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { db } from "#foundation/platform/db/client";
import { requireKnownPoolsUnchecked } from "#fleet/pools/server/known-pools";
import type { Rule } from "#firmware/rules/model";
import type { RuleFacets } from "#firmware/rules/facets";
import type { RuleSearch, RuleView } from "#firmware/rules/search-params";
import { countViews, findFacets, searchRules } from "#firmware/rules/server/store";

export type RulePage = Paged<{
  readonly rules: readonly Rule[];
  readonly facets: RuleFacets;
  readonly counts: Readonly<Record<RuleView, number>>;
}>;

/** One page of a view, with the values of its filters and the number of rules in each view. */
export async function listRules(
  context: UseCaseContext,
  { view, search }: { readonly view: RuleView; readonly search: RuleSearch },
): Promise<RulePage> {
  requirePermission(context.actor, "rule:read");
  await requireKnownPoolsUnchecked(search.pool);
  const [found, facets, counts] = await Promise.all([
    findPage(search.page, search.size, (window) => searchRules(db, { view, search }, window)),
    findFacets(db, view),
    countViews(db),
  ]);
  return { ...found, facets, counts };
}
