import { parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server";

export const RETIRED_SORT_COLUMNS = ["retiredAt", "lastSeenAt", "model"] as const;

/** The state of the table of retired phones in the URL. */
export const retiredSearchParams = {
  q: parseAsString.withDefault(""),
  sort: parseAsStringLiteral(RETIRED_SORT_COLUMNS).withDefault("retiredAt"),
  order: parseAsStringLiteral(["asc", "desc"]).withDefault("desc"),
  page: parseAsInteger.withDefault(1),
};

export type RetiredSearch = {
  /** Part of a MAC address, serial number, address, user, model or version. */
  readonly q: string;
  readonly sort: (typeof RETIRED_SORT_COLUMNS)[number];
  readonly order: "asc" | "desc";
  readonly page: number;
};

/** All retired phones, those that were retired last first. */
export const EVERY_RETIRED: RetiredSearch = { q: "", sort: "retiredAt", order: "desc", page: 1 };
