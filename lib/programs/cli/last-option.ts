import { z } from "zod";
import { wholeNumberText } from "#foundation/core/whole-number-text";

/** `--last <number>`: how many of the latest items are shown. */
export function lastOption(usual: number): z.ZodType<number> {
  return wholeNumberText.pipe(z.number().min(1, "At least 1.")).default(usual);
}
