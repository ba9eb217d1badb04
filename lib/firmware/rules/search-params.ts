import {
  parseAsArrayOf,
  parseAsInteger,
  parseAsNumberLiteral,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { PAGE_SIZE } from "#foundation/core/paging";

export const RULE_VIEWS = ["pending", "approved", "all"] as const;
export type RuleView = (typeof RULE_VIEWS)[number];

export const RULE_SORT_COLUMNS = [
  "deviceType",
  "brand",
  "model",
  "revision",
  "locale",
  "updateType",
  "pendingVersion",
  "approvedVersion",
  "restoreVersion",
  "pool",
  "importedAt",
  "importedBy",
] as const;
export type RuleSortColumn = (typeof RULE_SORT_COLUMNS)[number];

/** Columns whose values can be chosen from a list. */
export const RULE_FACETS = [
  "deviceType",
  "brand",
  "model",
  "revision",
  "locale",
  "updateType",
  "pool",
] as const;
export type RuleFacet = (typeof RULE_FACETS)[number];
export type RuleFacets = Readonly<Record<RuleFacet, readonly string[]>>;

export const PAGE_SIZES = [25, 50, 100, 200] as const;

/** The whole state of the rules table. Page and table share it, so they cannot disagree. */
export const ruleSearchParams = {
  q: parseAsString.withDefault(""),
  deviceType: parseAsArrayOf(parseAsString).withDefault([]),
  brand: parseAsArrayOf(parseAsString).withDefault([]),
  model: parseAsArrayOf(parseAsString).withDefault([]),
  revision: parseAsArrayOf(parseAsString).withDefault([]),
  locale: parseAsArrayOf(parseAsString).withDefault([]),
  updateType: parseAsArrayOf(parseAsString).withDefault([]),
  pool: parseAsArrayOf(parseAsString).withDefault([]),
  sort: parseAsStringLiteral(RULE_SORT_COLUMNS).withDefault("importedAt"),
  order: parseAsStringLiteral(["asc", "desc"]).withDefault("desc"),
  page: parseAsInteger.withDefault(1),
  size: parseAsNumberLiteral(PAGE_SIZES).withDefault(PAGE_SIZE),
};

export type RuleSearch = Readonly<Record<RuleFacet, readonly string[]>> & {
  readonly q: string;
  readonly sort: RuleSortColumn;
  readonly order: "asc" | "desc";
  readonly page: number;
  readonly size: number;
};

/** Everything, in the default order: what a script means that names no filter. */
export const EVERY_RULE: RuleSearch = {
  q: "",
  deviceType: [],
  brand: [],
  model: [],
  revision: [],
  locale: [],
  updateType: [],
  pool: [],
  sort: "importedAt",
  order: "desc",
  page: 1,
  size: PAGE_SIZE,
};
