import { parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { z } from "zod";
import { PAGE_SIZE } from "#foundation/core/paging";
import { searchText } from "#foundation/core/search-text";
import { wholeNumberText } from "#foundation/core/whole-number-text";

const RETIRED_SORT_COLUMNS = ["retiredAt", "lastSeenAt", "model"] as const;
const MAX_PAGE_DEVICES = 2000;

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

/** The query of `GET /api/devices/retired`. */
export const retiredQuery = z.strictObject({
  q: searchText,
  sort: z.enum(RETIRED_SORT_COLUMNS).default("retiredAt"),
  order: z.enum(["asc", "desc"]).default("desc"),
  page: wholeNumberText.pipe(z.number().min(1)).default(1),
  size: wholeNumberText.pipe(z.number().min(1).max(MAX_PAGE_DEVICES)).default(PAGE_SIZE),
});
