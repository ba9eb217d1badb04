import { DAY_MS } from "#foundation/core/day";

/** People who renew by hand need that long. */
const NOTICE_MS = 30 * DAY_MS;
/** ACME clients renew when a third is left. What has less than a quarter should have been renewed already. */
const NOTICE_SHARE = 0.25;

export type Validity = { readonly validFrom: Date; readonly validTo: Date };

/** What somebody should be told about how long a certificate is still valid. */
export function judgeExpiry(
  { validFrom, validTo }: Validity,
  now: Date,
): "valid" | "expires_soon" | "expired" | "not_yet_valid" {
  if (now > validTo) {
    return "expired";
  }
  if (now < validFrom) {
    return "not_yet_valid";
  }
  const lifetimeMs = validTo.getTime() - validFrom.getTime();
  const leftMs = validTo.getTime() - now.getTime();
  return leftMs < Math.min(NOTICE_MS, lifetimeMs * NOTICE_SHARE) ? "expires_soon" : "valid";
}
