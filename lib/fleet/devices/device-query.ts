import { z } from "zod";
import { PHONE_FIGURES } from "#fleet/devices/model";
import { PROGRESS_STATES } from "#fleet/devices/progress-state";
import { ROLL_OUT_STATES } from "#fleet/devices/roll-out-state";
import { DEVICE_SORT_COLUMNS } from "#fleet/devices/search-params";
import { PAGE_SIZE } from "#foundation/core/paging";
import { queryValues } from "#foundation/core/query-values";
import { searchText } from "#foundation/core/search-text";
import { wholeNumberText } from "#foundation/core/whole-number-text";

const MAX_PAGE_DEVICES = 2000;

const filters = {
  q: searchText,
  model: queryValues,
  pool: queryValues,
  site: queryValues,
  state: queryValues.pipe(z.array(z.enum(PHONE_FIGURES))),
  progress: queryValues.pipe(z.array(z.enum(PROGRESS_STATES))),
  rollOut: z.union([z.literal(""), z.uuid()]).default(""),
  rollOutState: queryValues.pipe(z.array(z.enum(ROLL_OUT_STATES))),
};

/** The query of `GET /api/devices`. Strict, unlike URLs of the panel: a misspelt filter must not select more phones. */
export const deviceQuery = z.strictObject({
  ...filters,
  sort: z.enum(DEVICE_SORT_COLUMNS).default("lastSeenAt"),
  order: z.enum(["asc", "desc"]).default("desc"),
  page: wholeNumberText.pipe(z.number().min(1)).default(1),
  size: wholeNumberText.pipe(z.number().min(1).max(MAX_PAGE_DEVICES)).default(PAGE_SIZE),
});
