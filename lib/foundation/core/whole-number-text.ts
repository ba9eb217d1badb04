import { z } from "zod";

/**
 * A whole number as people write it, in decimal digits. `Number` alone also takes "", "0x10", "1e3" and " 7 ".
 * Bounds are the caller's, with `.pipe(z.number().min(…))`.
 */
export const wholeNumberText = z
  .string()
  .trim()
  .regex(/^[+-]?\d{1,15}$/, "A whole number, such as 100.")
  .transform(Number);
