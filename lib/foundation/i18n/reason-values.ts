import type { RefusalReason } from "#foundation/core/refusal-reason";
import { isPlainReason } from "#foundation/core/refusal-reason";
import { formatBytes } from "#foundation/i18n/format-bytes";
import type { Locale } from "#foundation/i18n/locales";

/** The formatted arguments of the message in `errors.reasons` for a reason. */
export function toReasonValues(reason: RefusalReason, locale: Locale): Record<string, string> {
  if (isPlainReason(reason)) {
    return {};
  }
  switch (reason.code) {
    case "upload_too_large":
      return { limit: formatBytes(reason.maxBytes, locale) };
    case "unknown_pool":
      return { fqdn: reason.fqdn };
    case "undescribed_file":
      return { path: reason.path };
    case "same_phone_registered":
      return { identity: reason.identity, mark: reason.mark };
    case "selection_changed":
      return { seen: String(reason.seen), count: String(reason.count) };
    case "too_many_phones":
      return { count: String(reason.count), most: String(reason.most) };
    case "shared_serial_number":
      return { phones: String(reason.phones) };
  }
}
