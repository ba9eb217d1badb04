import { z } from "zod";

/** How Prisma passes on what the driver said about a raw query. */
const rawQueryError = z.object({
  meta: z.object({
    driverAdapterError: z.object({ cause: z.object({ originalCode: z.string() }) }),
  }),
});

/**
 * Whether a raw query failed because of the values it was given: SQLSTATE classes 22 (data exception) and 23 (integrity
 * constraint violation). To try again changes nothing.
 */
export function isDataFault(error: unknown): boolean {
  const result = rawQueryError.safeParse(error);
  return result.success && /^2[23]/.test(result.data.meta.driverAdapterError.cause.originalCode);
}
