import { z } from "zod";
import { wholeNumberText } from "#foundation/core/whole-number-text";

/** `--last <number>`: the number of latest items to show. */
export function lastOption(usual: number): z.ZodType<number> {
  return wholeNumberText.pipe(z.number().min(1, "At least 1.")).default(usual);
}
