import { z } from "zod";
import { PAGE_SIZE } from "#foundation/core/paging";
import { searchWords } from "#foundation/core/search-text";
import { queryValues } from "#foundation/core/query-values";
import { wholeNumberText } from "#foundation/core/whole-number-text";
import { ROLL_OUT_STATUSES } from "#phones/roll-outs/model";

const MAX_PAGE_ROLL_OUTS = 500;

/** The query of `GET /api/roll-outs`. Strict, unlike URLs of the panel: a misspelt filter must not select more. */
export const rollOutQuery = z.strictObject({
  q: searchWords,
  pool: queryValues,
  model: queryValues,
  state: queryValues.pipe(z.array(z.enum(ROLL_OUT_STATUSES))),
  rule: z.uuid().nullable().default(null),
  page: wholeNumberText.pipe(z.number().min(1)).default(1),
  size: wholeNumberText.pipe(z.number().min(1).max(MAX_PAGE_ROLL_OUTS)).default(PAGE_SIZE),
});
