import { z } from "zod";
import { RETIRED_SORT_COLUMNS } from "#fleet/devices/retired-search-params";
import { PAGE_SIZE } from "#foundation/core/paging";
import { searchText } from "#foundation/core/search-text";
import { wholeNumberText } from "#foundation/core/whole-number-text";

const MAX_PAGE_DEVICES = 2000;

/** The query of `GET /api/devices/retired`. */
export const retiredQuery = z.strictObject({
  q: searchText,
  sort: z.enum(RETIRED_SORT_COLUMNS).default("retiredAt"),
  order: z.enum(["asc", "desc"]).default("desc"),
  page: wholeNumberText.pipe(z.number().min(1)).default(1),
  size: wholeNumberText.pipe(z.number().min(1).max(MAX_PAGE_DEVICES)).default(PAGE_SIZE),
});
