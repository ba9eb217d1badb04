import { z } from "zod";
import { PAGE_SIZE } from "#foundation/core/paging";
import { queryValues } from "#foundation/core/query-values";
import { searchWords } from "#foundation/core/search-text";
import { wholeNumberText } from "#foundation/core/whole-number-text";
import { MAX_RULES_PER_ACTION } from "#firmware/rules/model";
import { RULE_SORT_COLUMNS, RULE_VIEWS } from "#firmware/rules/search-params";
import { recordOfFacets } from "#firmware/rules/facets";

/** The query of `GET /api/rules`. Strict, unlike URLs of the panel: a misspelt filter must not select more rules. */
export const ruleQuery = z.strictObject({
  view: z.enum(RULE_VIEWS).default("all"),
  q: searchWords,
  ...recordOfFacets(() => queryValues),
  sort: z.enum(RULE_SORT_COLUMNS).default("importedAt"),
  order: z.enum(["asc", "desc"]).default("desc"),
  page: wholeNumberText.pipe(z.number().min(1)).default(1),
  size: wholeNumberText.pipe(z.number().min(1).max(MAX_RULES_PER_ACTION)).default(PAGE_SIZE),
});
