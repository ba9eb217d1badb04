import { parseAsArrayOf, parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server";
import type { CaptureReason } from "#phones/captures/model";
import { CAPTURE_REASONS } from "#phones/captures/model";

/** The whole state of the captures table. Page and table share it, so they cannot disagree. */
export const captureSearchParams = {
  q: parseAsString.withDefault(""),
  reason: parseAsArrayOf(parseAsStringLiteral(CAPTURE_REASONS)).withDefault([]),
  sort: parseAsStringLiteral(["at"]).withDefault("at"),
  order: parseAsStringLiteral(["asc", "desc"]).withDefault("desc"),
  page: parseAsInteger.withDefault(1),
};

export type CaptureSearch = {
  /** Part of an address, a path or a MAC address. */
  readonly q: string;
  readonly reason: readonly CaptureReason[];
  /** First and last day or time, in ISO 8601; empty: no limit. */
  readonly from?: string;
  readonly to?: string;
  readonly sort: "at";
  readonly order: "asc" | "desc";
  readonly page: number;
};
