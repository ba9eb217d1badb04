import { createParser } from "nuqs/server";
import { readInstant } from "#foundation/core/time-range";

/** A bound of a range in the panel's address; what is no time is no bound, and the page shows none. */
export const parseAsTimeText = createParser({
  parse: (text: string) => (readInstant(text) === null ? null : text),
  serialize: (text: string) => text,
});
