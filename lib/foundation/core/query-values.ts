import { parseAsArrayOf, parseAsString } from "nuqs/server";
import { z } from "zod";
import { filterValue } from "#foundation/core/search-text";

const list = parseAsArrayOf(parseAsString);

/** Several values as the panel's address writes them: with commas in between. */
export const queryValues = z
  .string()
  .default("")
  .transform((text): string[] => (text === "" ? [] : (list.parse(text) ?? [])))
  .pipe(z.array(filterValue));

/** The same, the other way round. */
export function toQueryValues(values: readonly string[]): string {
  return list.serialize([...values]);
}
