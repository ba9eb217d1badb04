import { z } from "zod";
import { EXPORT_FORMATS } from "#phones/check-log/export-lines";
import { queryValues } from "#foundation/core/query-values";
import { searchText } from "#foundation/core/search-text";
import { timeText } from "#foundation/core/time-text";
import { CHECK_OUTCOMES, DIALECTS, RECORDED_TRIGGERS, SIDES, VERDICTS } from "#fleet/devices/model";

/** The query of `GET /api/checks`. Strict, unlike URLs of the panel: a misspelt filter must not select more checks. */
export const checkQuery = z.strictObject({
  q: searchText,
  model: queryValues,
  pool: queryValues,
  outcome: queryValues.pipe(z.array(z.enum(CHECK_OUTCOMES))),
  verdict: queryValues.pipe(z.array(z.enum(VERDICTS))),
  side: queryValues.pipe(z.array(z.enum(SIDES))),
  dialect: queryValues.pipe(z.array(z.enum(DIALECTS))),
  trigger: queryValues.pipe(z.array(z.enum(RECORDED_TRIGGERS))),
  from: timeText,
  to: timeText,
  format: z.enum(EXPORT_FORMATS).default("json"),
});
