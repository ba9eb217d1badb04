import { toQueryValues } from "#foundation/core/query-list";
import type { RuleFacet } from "#firmware/rules/facets";
import { RULE_FACETS } from "#firmware/rules/facets";
import { MAX_RULES_PER_ACTION } from "#firmware/rules/model";
import type { RuleSearch, RuleView } from "#firmware/rules/search-params";

type Narrowing = Pick<RuleSearch, "q" | "sort" | "order" | RuleFacet>;

/** The query for all rules of a view that match a search, up to the limit of one action. */
export function toMatchingQuery(view: RuleView, search: Narrowing): URLSearchParams {
  const query = new URLSearchParams({ view, sort: search.sort, order: search.order });
  query.set("size", String(MAX_RULES_PER_ACTION));
  if (search.q !== "") {
    query.set("q", search.q);
  }
  for (const facet of RULE_FACETS) {
    if (search[facet].length > 0) {
      query.set(facet, toQueryValues(search[facet]));
    }
  }
  return query;
}
