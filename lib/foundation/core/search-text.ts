import { z } from "zod";

export const MAX_SEARCH_CHARS = 500;
/** A search for rules looks for each word in several tables. */
export const MAX_SEARCH_WORDS = 20;

/** Whether PostgreSQL can store a text: it refuses U+0000 and unpaired surrogates. `parseInput` asks for every text. */
export function isStorableText(text: string): boolean {
  return text.isWellFormed() && !text.includes("\0");
}

/** Whether any stored value can contain a text. */
export function isSearchable(text: string): boolean {
  return text.length <= MAX_SEARCH_CHARS && isStorableText(text);
}

/** Whether an index of trigrams can find a text: only if three letters or digits follow each other. */
export function hasTrigram(text: string): boolean {
  return /[\p{L}\p{N}]{3}/u.test(text);
}

/** A text to search for; empty for no search. */
export const searchText = z
  .string()
  .trim()
  .max(MAX_SEARCH_CHARS, `At most ${MAX_SEARCH_CHARS} characters.`)
  .default("");

/** The words of a search, each once. */
export function toSearchWords(text: string): readonly string[] {
  return [...new Set(text.split(/\s+/).filter((word) => word !== ""))];
}

/** Words to search for, all of which must be found. */
export const searchWords = searchText.refine(
  (text) => toSearchWords(text).length <= MAX_SEARCH_WORDS,
  `At most ${MAX_SEARCH_WORDS} words.`,
);

/** One value of a filter. */
export const filterValue = z
  .string()
  .trim()
  .min(1, "Must not be empty.")
  .max(MAX_SEARCH_CHARS, `At most ${MAX_SEARCH_CHARS} characters.`);

const MAC_SEPARATORS = /[-:. ]/g;

/**
 * The hex digits of a text that can be part of a MAC address, without separators as they are stored; null for other
 * text.
 */
export function toMacDigits(text: string): string | null {
  const digits = text.replaceAll(MAC_SEPARATORS, "");
  return /^[0-9a-f]+$/i.test(digits) ? digits : null;
}
