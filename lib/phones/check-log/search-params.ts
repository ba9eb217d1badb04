import { parseAsArrayOf, parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { parseAsTimeText } from "#foundation/core/parse-as-time-text";
import type { CheckOutcome, Dialect, RecordedTrigger, Side, Verdict } from "#fleet/devices/model";
import { CHECK_OUTCOMES, DIALECTS, RECORDED_TRIGGERS, SIDES, VERDICTS } from "#fleet/devices/model";

/** Matching checks beyond this number are neither counted nor listed in pages. */
export const MAX_COUNTED_CHECKS = 10_000;

/** The filters of the check log, for both the page and exports. */
export const checkFilterParams = {
  q: parseAsString.withDefault(""),
  model: parseAsArrayOf(parseAsString).withDefault([]),
  pool: parseAsArrayOf(parseAsString).withDefault([]),
  outcome: parseAsArrayOf(parseAsStringLiteral(CHECK_OUTCOMES)).withDefault([]),
  verdict: parseAsArrayOf(parseAsStringLiteral(VERDICTS)).withDefault([]),
  side: parseAsArrayOf(parseAsStringLiteral(SIDES)).withDefault([]),
  dialect: parseAsArrayOf(parseAsStringLiteral(DIALECTS)).withDefault([]),
  trigger: parseAsArrayOf(parseAsStringLiteral(RECORDED_TRIGGERS)).withDefault([]),
  from: parseAsTimeText.withDefault(""),
  to: parseAsTimeText.withDefault(""),
};

/** The whole state of the table of checks. */
export const checkSearchParams = {
  ...checkFilterParams,
  sort: parseAsStringLiteral(["at"]).withDefault("at"),
  order: parseAsStringLiteral(["asc", "desc"]).withDefault("desc"),
  page: parseAsInteger.withDefault(1),
};

export type CheckFilter = {
  /** A MAC address, or part of a serial number, address or user. */
  readonly q: string;
  readonly model: readonly string[];
  /** Names of pools. */
  readonly pool: readonly string[];
  readonly outcome: readonly CheckOutcome[];
  /** The verdict for at least one rule. */
  readonly verdict: readonly Verdict[];
  readonly side: readonly Side[];
  readonly dialect: readonly Dialect[];
  /** The reason for the check. */
  readonly trigger: readonly RecordedTrigger[];
  /** First and last day or time, in ISO 8601; empty: no limit. */
  readonly from: string;
  readonly to: string;
};

export type CheckSearch = CheckFilter & {
  readonly order: "asc" | "desc";
  readonly page: number;
};

/** All checks, the newest first. */
export const EVERY_CHECK: CheckSearch = {
  q: "",
  model: [],
  pool: [],
  outcome: [],
  verdict: [],
  side: [],
  dialect: [],
  trigger: [],
  from: "",
  to: "",
  order: "desc",
  page: 1,
};
