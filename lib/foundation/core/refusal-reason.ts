import { z } from "zod";

/** The reasons whose code says everything. */
const PLAIN_REASONS = [
  "upload_empty",
  "upload_incomplete",
  "upload_disk_full",
  "content_store_away",
  "no_pools",
] as const;

/**
 * The exact reason of a refusal, if the error code alone does not tell a person what to do. The error message is English;
 * the panel shows the reason in the reader's language.
 */
export const refusalReason = z.discriminatedUnion("code", [
  z.object({ code: z.enum(PLAIN_REASONS) }),
  z.object({ code: z.literal("upload_too_large"), maxBytes: z.number() }),
  z.object({ code: z.literal("unknown_pool"), fqdn: z.string() }),
  z.object({ code: z.literal("undescribed_file"), path: z.string() }),
  /** `mark` is the identifier that the phone is registered by. It can differ from the one that was given. */
  z.object({ code: z.literal("same_phone_registered"), identity: z.string(), mark: z.string() }),
  z.object({ code: z.literal("shared_serial_number"), phones: z.number() }),
]);
export type RefusalReason = Readonly<z.infer<typeof refusalReason>>;

export type PlainReason = Extract<RefusalReason, { readonly code: (typeof PLAIN_REASONS)[number] }>;

export function isPlainReason(reason: RefusalReason): reason is PlainReason {
  const plain: readonly string[] = PLAIN_REASONS;
  return plain.includes(reason.code);
}
