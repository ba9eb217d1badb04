import { parseAsArrayOf, parseAsString } from "nuqs/server";
import { z } from "zod";
import { filterValue } from "#foundation/core/search-text";

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
