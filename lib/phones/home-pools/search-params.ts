import type { inferParserType } from "nuqs/server";
import { parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server";

export const USER_HOME_SORT_COLUMNS = ["sipAddress", "userName", "pool", "updatedAt"] as const;

/** The complete state of the table of home pools. */
export const userHomeSearchParams = {
  q: parseAsString.withDefault(""),
  sort: parseAsStringLiteral(USER_HOME_SORT_COLUMNS).withDefault("sipAddress"),
  order: parseAsStringLiteral(["asc", "desc"]).withDefault("asc"),
  page: parseAsInteger.withDefault(1),
};

export type UserHomeSearch = Readonly<inferParserType<typeof userHomeSearchParams>>;
