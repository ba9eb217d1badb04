import { z } from "zod";
import { AUDIT_SUBJECT_KINDS } from "#foundation/audit/model";
import { readQueryList } from "#foundation/core/query-list";
import { queryValues } from "#foundation/core/query-values";
import { searchText } from "#foundation/core/search-text";
import { timeText } from "#foundation/core/time-text";
import { retiredQuery } from "#fleet/devices/retired-query";
import { deviceQuery } from "#fleet/devices/device-query";
import { TEST_DEVICE_SORT_COLUMNS } from "#fleet/test-devices/search-params";
import { importQuery } from "#firmware/imports/import-record";
import { ruleQuery } from "#firmware/rules/rule-query";
import { CAPTURE_REASONS } from "#phones/captures/model";
import { LOG_SORT_COLUMNS } from "#phones/device-logs/search-params";
import { USER_HOME_SORT_COLUMNS } from "#phones/home-pools/search-params";
import { MAX_EXPORTED_IDS } from "#phones/exports/model";
import { rollOutQuery } from "#phones/roll-outs/roll-out-query";

/**
 * The queries of exports: the filters and the order of each list. Strict, unlike URLs of the panel: a misspelt filter must
 * not select more rows. An export has all of them, so it has neither page nor size.
 */

const ascending = z.enum(["asc", "desc"]).default("asc");
const descending = z.enum(["asc", "desc"]).default("desc");

export const deviceExportQuery = deviceQuery.omit({ page: true, size: true }).extend({
  /** Only these phones, separated by commas. An empty list is refused: it must not select all phones. */
  id: z
    .string()
    .transform(readQueryList)
    .pipe(z.array(z.uuid()).min(1).max(MAX_EXPORTED_IDS))
    .optional(),
});

export const retiredExportQuery = retiredQuery.omit({ page: true, size: true });

/** Ghosts have one order, and no filter. */
export const ghostExportQuery = z.strictObject({
  sort: z.enum(["lastSeenAt"]).default("lastSeenAt"),
  order: z.enum(["desc"]).default("desc"),
});

export const rollOutExportQuery = rollOutQuery.omit({ page: true, size: true });

export const ruleExportQuery = ruleQuery.omit({ page: true, size: true });

export const importExportQuery = importQuery.omit({ page: true });

export const testDeviceExportQuery = z.strictObject({
  q: searchText,
  sort: z.enum(TEST_DEVICE_SORT_COLUMNS).default("name"),
  order: ascending,
});

export const userHomeExportQuery = z.strictObject({
  q: searchText,
  sort: z.enum(USER_HOME_SORT_COLUMNS).default("sipAddress"),
  order: ascending,
});

export const captureExportQuery = z.strictObject({
  q: searchText,
  reason: queryValues.pipe(z.array(z.enum(CAPTURE_REASONS))),
  from: timeText,
  to: timeText,
  sort: z.enum(["at"]).default("at"),
  order: descending,
});

export const logExportQuery = z.strictObject({
  q: searchText,
  type: queryValues,
  pool: queryValues,
  from: timeText,
  to: timeText,
  sort: z.enum(LOG_SORT_COLUMNS).default("at"),
  order: descending,
});

export const auditExportQuery = z.strictObject({
  q: searchText,
  kind: queryValues.pipe(z.array(z.enum(AUDIT_SUBJECT_KINDS))),
  subject: searchText,
  from: timeText,
  to: timeText,
  sort: z.enum(["at"]).default("at"),
  order: descending,
});
