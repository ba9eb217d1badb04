import { z } from "zod";
import { PLAIN_REASONS } from "#foundation/core/refusal-reason";
import type { RefusalReason } from "#foundation/core/refusal-reason";

/** Reads a reason from an answer of the service. */
export const refusalReason: z.ZodType<RefusalReason> = z.discriminatedUnion("code", [
  z.object({ code: z.enum(PLAIN_REASONS) }),
  z.object({ code: z.literal("upload_too_large"), maxBytes: z.number() }),
  z.object({ code: z.literal("unknown_pool"), fqdn: z.string() }),
  z.object({ code: z.literal("undescribed_file"), path: z.string() }),
  z.object({ code: z.literal("same_phone_registered"), identity: z.string(), mark: z.string() }),
  z.object({ code: z.literal("shared_serial_number"), phones: z.number() }),
  z.object({ code: z.literal("selection_changed"), seen: z.number(), count: z.number() }),
  z.object({ code: z.literal("too_many_phones"), count: z.number(), most: z.number() }),
]);
