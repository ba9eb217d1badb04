import { z } from "zod";
import { UPDATE_STATES } from "#fleet/devices/model";
import { PROGRESS_STATES } from "#fleet/devices/progress-state";
import { DEVICE_SORT_COLUMNS } from "#fleet/devices/search-params";
import { PAGE_SIZE } from "#foundation/core/paging";
import { queryValues } from "#foundation/core/query-values";
import { searchText } from "#foundation/core/search-text";
import { wholeNumberText } from "#foundation/core/whole-number-text";

const MAX_PAGE_DEVICES = 2000;

/** The query of `GET /api/devices`. Strict, unlike URLs of the panel: a misspelt filter must not select more phones. */
export const deviceQuery = z.strictObject({
  q: searchText,
  model: queryValues,
  pool: queryValues,
  state: queryValues.pipe(z.array(z.enum(UPDATE_STATES))),
  progress: queryValues.pipe(z.array(z.enum(PROGRESS_STATES))),
  sort: z.enum(DEVICE_SORT_COLUMNS).default("lastSeenAt"),
  order: z.enum(["asc", "desc"]).default("desc"),
  page: wholeNumberText.pipe(z.number().min(1)).default(1),
  size: wholeNumberText.pipe(z.number().min(1).max(MAX_PAGE_DEVICES)).default(PAGE_SIZE),
});
