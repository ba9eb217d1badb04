/** The reasons whose code says everything. */
export const PLAIN_REASONS = [
  "upload_empty",
  "upload_incomplete",
  "upload_disk_full",
  "content_store_away",
  "no_pools",
  // Why two rows of the inventory cannot be merged.
  "same_row",
  "other_brand",
  "other_model",
  "both_check",
] as const;

export type PlainReason = { readonly code: (typeof PLAIN_REASONS)[number] };

/**
 * The exact reason of a refusal, if the error code alone does not tell a person what to do. The error message is English;
 * the panel shows the reason in the reader's language.
 */
export type RefusalReason =
  | PlainReason
  | { readonly code: "upload_too_large"; readonly maxBytes: number }
  | { readonly code: "unknown_pool"; readonly fqdn: string }
  | { readonly code: "undescribed_file"; readonly path: string }
  /** `mark` is the identifier that the phone is registered by. It can differ from the one that was given. */
  | { readonly code: "same_phone_registered"; readonly identity: string; readonly mark: string }
  | { readonly code: "shared_serial_number"; readonly phones: number }
  /** `seen` phones were confirmed, and `count` match now. */
  | { readonly code: "selection_changed"; readonly seen: number; readonly count: number }
  | { readonly code: "too_many_phones"; readonly count: number; readonly most: number };

export function isPlainReason(reason: RefusalReason): reason is PlainReason {
  const plain: readonly string[] = PLAIN_REASONS;
  return plain.includes(reason.code);
}
