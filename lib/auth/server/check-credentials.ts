import "server-only";

import type { PasswordAttempt, PasswordCheck } from "#lib/accounts/server/check-password";
import { checkPassword } from "#lib/accounts/server/check-password";

/**
 * Whether a phone outside the firewall brings a valid user's credentials. Every account may: a viewer's
 * phone is a phone like any other.
 */
export function checkCredentials(attempt: PasswordAttempt): Promise<PasswordCheck> {
  return checkPassword(attempt, new Date());
}
