import { z } from "zod";

export const acceptAuditEndInput = z.strictObject({
  /** Why entries are missing. */
  reason: z.string().trim().min(1).max(500),
});
export type AcceptAuditEndInput = z.infer<typeof acceptAuditEndInput>;
