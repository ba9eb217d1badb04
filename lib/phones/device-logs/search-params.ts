import { parseAsArrayOf, parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { parseAsTimeText } from "#foundation/core/parse-as-time-text";

export const LOG_SORT_COLUMNS = ["at", "logType", "model", "sizeBytes"] as const;
export type LogSortColumn = (typeof LOG_SORT_COLUMNS)[number];

/** The complete state of the table of logs. */
export const logSearchParams = {
  q: parseAsString.withDefault(""),
  type: parseAsArrayOf(parseAsString).withDefault([]),
  pool: parseAsArrayOf(parseAsString).withDefault([]),
  from: parseAsTimeText.withDefault(""),
  to: parseAsTimeText.withDefault(""),
  sort: parseAsStringLiteral(LOG_SORT_COLUMNS).withDefault("at"),
  order: parseAsStringLiteral(["asc", "desc"]).withDefault("desc"),
  page: parseAsInteger.withDefault(1),
};

export type LogSearch = {
  /** Part of a MAC address, serial number, model, address, user or file name. */
  readonly q: string;
  readonly type: readonly string[];
  /** Names of pools. */
  readonly pool: readonly string[];
  /** First and last day or time, in ISO 8601; empty for no bound. */
  readonly from: string;
  readonly to: string;
  readonly sort: LogSortColumn;
  readonly order: "asc" | "desc";
  readonly page: number;
};
