import { DAY_MS } from "#foundation/core/time";

/** Notice for people who renew by hand. */
const NOTICE_MS = 30 * DAY_MS;
/** ACME clients renew when a third of the lifetime is left. With less than a quarter, the renewal is overdue. */
const NOTICE_SHARE = 0.25;

export type Validity = { readonly validFrom: Date; readonly validTo: Date };

/** Whether a person must act on the validity period of a certificate. */
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
  return now > renewalDue({ validFrom, validTo }) ? "expires_soon" : "valid";
}

/** From when on the renewal of a certificate is overdue. */
export function renewalDue({ validFrom, validTo }: Validity): Date {
  const lifetimeMs = validTo.getTime() - validFrom.getTime();
  return new Date(validTo.getTime() - Math.min(NOTICE_MS, lifetimeMs * NOTICE_SHARE));
}
