import { createParser } from "nuqs/server";
import { readInstant } from "#foundation/core/time";

/** A bound of a time range in the panel's URL. Text that is not a time is ignored. */
export const parseAsTimeText = createParser({
  parse: (text: string) => (readInstant(text) === null ? null : text),
  serialize: (text: string) => text,
});
