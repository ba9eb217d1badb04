import { parseAsArrayOf, parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server";
import type { inferParserType } from "nuqs/server";
import { CAPTURE_REASONS } from "#lib/captures/model";

export const CAPTURE_PAGE_SIZE = 50;

/** The whole state of the captures table. Page and table share it, so they cannot disagree. */
export const captureSearchParams = {
  q: parseAsString.withDefault(""),
  reason: parseAsArrayOf(parseAsStringLiteral(CAPTURE_REASONS)).withDefault([]),
  sort: parseAsStringLiteral(["at"]).withDefault("at"),
  order: parseAsStringLiteral(["asc", "desc"]).withDefault("desc"),
  page: parseAsInteger.withDefault(1),
};
export type CaptureSearch = inferParserType<typeof captureSearchParams>;
