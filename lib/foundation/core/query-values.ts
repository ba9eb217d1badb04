import { z } from "zod";
import { readQueryList } from "#foundation/core/query-list";
import { filterValue } from "#foundation/core/search-text";

/** Several values in the format of the panel's URLs: separated by commas. */
export const queryValues = z
  .string()
  .default("")
  .transform(readQueryList)
  .pipe(z.array(filterValue));
