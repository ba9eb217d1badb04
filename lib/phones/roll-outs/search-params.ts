import { parseAsArrayOf, parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server";
import type { RollOutStatus } from "#phones/roll-outs/model";
import { ROLL_OUT_STATUSES } from "#phones/roll-outs/model";

/** The whole state of the list of roll-outs. Page and table share it, so they cannot disagree. */
export const rollOutSearchParams = {
  q: parseAsString.withDefault(""),
  pool: parseAsArrayOf(parseAsString).withDefault([]),
  model: parseAsArrayOf(parseAsString).withDefault([]),
  state: parseAsArrayOf(parseAsStringLiteral(ROLL_OUT_STATUSES)).withDefault([]),
  page: parseAsInteger.withDefault(1),
};

export type RollOutSearch = {
  /** Words, each part of a brand, model, version, pool, reason or name of a person. */
  readonly q: string;
  /** Names of pools. */
  readonly pool: readonly string[];
  readonly model: readonly string[];
  readonly state: readonly RollOutStatus[];
  /** The id of a rule; null for all rules. */
  readonly ruleId: string | null;
  readonly page: number;
};

/** All roll-outs, first page. */
export const EVERY_ROLL_OUT: RollOutSearch = {
  q: "",
  pool: [],
  model: [],
  state: [],
  ruleId: null,
  page: 1,
};
