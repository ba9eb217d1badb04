import { parseAsArrayOf, parseAsString } from "nuqs/server";

const list = parseAsArrayOf(parseAsString);

/** Reads several values in the format of the panel's URLs: separated by commas. */
export function readQueryList(text: string): string[] {
  return text === "" ? [] : (list.parse(text) ?? []);
}

/** The inverse of `readQueryList`. */
export function toQueryValues(values: readonly string[]): string {
  return list.serialize([...values]);
}
