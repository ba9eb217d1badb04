import { z } from "zod";
import { searchWords } from "#foundation/core/search-text";

/** A shorter text matches nearly everything, and no index finds it. */
export const MIN_QUERY_CHARS = 2;

/** The query of `GET /api/search`. */
export const searchQuery = z.strictObject({
  q: searchWords.refine(
    (text) => text.length >= MIN_QUERY_CHARS,
    `At least ${MIN_QUERY_CHARS} characters.`,
  ),
});
export type SearchQuery = z.output<typeof searchQuery>;
