import { z } from "zod";

/**
 * A whole number in decimal digits. `Number` alone also accepts "", "0x10", "1e3" and " 7 ".
 * The caller sets limits with `.pipe(z.number().min(…))`.
 */
export const wholeNumberText = z
  .string()
  .trim()
  .regex(/^[+-]?\d{1,15}$/, "A whole number, such as 100.")
  .transform(Number);
