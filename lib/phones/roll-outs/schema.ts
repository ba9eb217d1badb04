import { z } from "zod";

export const continueRollOutInput = z.strictObject({
  rollOutId: z.uuid(),
  /** Why the phones that failed do not matter. */
  reason: z.string().trim().min(1).max(1000),
});
export type ContinueRollOutInput = z.output<typeof continueRollOutInput>;
