import { parseAsArrayOf, parseAsString, createParser } from "nuqs/server";
import { z } from "zod";
import { filterValue } from "#foundation/core/search-text";
import { readInstant } from "#foundation/core/time";

const list = parseAsArrayOf(parseAsString);

/** Several values in the format of the panel's URLs: separated by commas. */
export const queryValues = z
  .string()
  .default("")
  .transform((text): string[] => (text === "" ? [] : (list.parse(text) ?? [])))
  .pipe(z.array(filterValue));

/** The inverse of `queryValues`. */
export function toQueryValues(values: readonly string[]): string {
  return list.serialize([...values]);
}

/** A bound of a time range in the panel's URL. Text that is not a time is ignored. */
export const parseAsTimeText = createParser({
  parse: (text: string) => (readInstant(text) === null ? null : text),
  serialize: (text: string) => text,
});
