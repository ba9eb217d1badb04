import {
  parseAsArrayOf,
  parseAsInteger,
  parseAsNumberLiteral,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { PAGE_SIZE } from "#foundation/core/paging";
import type { RuleFacets } from "#firmware/rules/facets";
import { RULE_FACETS, recordOfFacets } from "#firmware/rules/facets";

export const RULE_VIEWS = ["pending", "approved", "all"] as const;
export type RuleView = (typeof RULE_VIEWS)[number];

export const RULE_SORT_COLUMNS = [
  ...RULE_FACETS,
  "pendingVersion",
  "approvedVersion",
  "restoreVersion",
  "importedAt",
  "importedBy",
] as const;
export type RuleSortColumn = (typeof RULE_SORT_COLUMNS)[number];

export const PAGE_SIZES = [25, 50, 100, 200] as const;

/** The URL state of the rules table. Page and table share this definition, so they cannot disagree. */
export const ruleSearchParams = {
  q: parseAsString.withDefault(""),
  ...recordOfFacets(() => parseAsArrayOf(parseAsString).withDefault([])),
  sort: parseAsStringLiteral(RULE_SORT_COLUMNS).withDefault("importedAt"),
  order: parseAsStringLiteral(["asc", "desc"]).withDefault("desc"),
  page: parseAsInteger.withDefault(1),
  size: parseAsNumberLiteral(PAGE_SIZES).withDefault(PAGE_SIZE),
};

export type RuleSearch = RuleFacets & {
  readonly q: string;
  readonly sort: RuleSortColumn;
  readonly order: "asc" | "desc";
  readonly page: number;
  readonly size: number;
};

/** The search for all rules, in the default order. */
export const ALL_RULES: RuleSearch = {
  q: "",
  ...recordOfFacets(() => []),
  sort: "importedAt",
  order: "desc",
  page: 1,
  size: PAGE_SIZE,
};
