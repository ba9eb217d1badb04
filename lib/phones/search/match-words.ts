import { toSearchWords } from "#foundation/core/search-text";

/** Whether a text contains every word of a query, without regard to case. An empty query matches everything. */
export function matchesWords(text: string, query: string): boolean {
  const searched = text.toLocaleLowerCase();
  return toSearchWords(query).every((word) => searched.includes(word.toLocaleLowerCase()));
}
