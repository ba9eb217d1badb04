import { parseAsArrayOf, parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { IMPORT_STATES } from "#firmware/imports/model";

export const IMPORT_SORT_COLUMNS = [
  "createdAt",
  "fileName",
  "sizeBytes",
  "state",
  "createdByName",
] as const;
export type ImportSortColumn = (typeof IMPORT_SORT_COLUMNS)[number];

/** The URL state of the imports table. Page and table share this definition, so they cannot disagree. */
export const importSearchParams = {
  q: parseAsString.withDefault(""),
  state: parseAsArrayOf(parseAsStringLiteral(IMPORT_STATES)).withDefault([]),
  sort: parseAsStringLiteral(IMPORT_SORT_COLUMNS).withDefault("createdAt"),
  order: parseAsStringLiteral(["asc", "desc"]).withDefault("desc"),
  page: parseAsInteger.withDefault(1),
};
