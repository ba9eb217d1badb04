import { parseAsStringLiteral } from "nuqs/server";
import { parseAsTimeText } from "#foundation/core/parse-as-time-text";
import { whatIfSearchParams } from "#phones/check/what-if-search-params";

export const DEVICE_TABS = ["history", "whatIf"] as const;

/** The state of a phone's page. */
export const devicePageParams = {
  ...whatIfSearchParams,
  tab: parseAsStringLiteral(DEVICE_TABS).withDefault("history"),
  /** The timeline shows what happened before this time; empty: the newest. */
  before: parseAsTimeText.withDefault(""),
};
