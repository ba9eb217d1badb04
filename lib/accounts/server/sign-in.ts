import "server-only";

import type { Account } from "#lib/accounts/model";
import type { PasswordAttempt } from "#lib/accounts/server/check-password";
import { checkPassword } from "#lib/accounts/server/check-password";
import { touchSignIn } from "#lib/accounts/server/store";
import { AppError } from "#lib/core/errors";
import { db } from "#lib/platform/db/client";

/** The account somebody signs in to; null for a wrong name or password. Throws `rate_limited`. */
export async function signIn(attempt: PasswordAttempt, now: Date): Promise<Account | null> {
  const check = await checkPassword(attempt, now);
  switch (check.outcome) {
    case "valid":
      await touchSignIn(db, check.account.id, now);
      return check.account;
    case "invalid":
      return null;
    case "throttled":
      throw new AppError("rate_limited", `Try again in ${check.retryAfterSeconds} s.`, {
        retryAfterSeconds: check.retryAfterSeconds,
      });
  }
}
