import "server-only";
import { attemptGate } from "#access/accounts/server/attempt-gate";
import { checkPassword } from "#access/accounts/server/check-password";
import { hasAccount } from "#access/accounts/server/has-account";
import { AppError } from "#foundation/core/errors";
import type { CallerCheck } from "#access/credentials/model";
import { backends } from "#access/credentials/server/backends";
import type { DirectoryCheck } from "#access/directory/model";
import type { Directory } from "#access/directory/server/directory";
import { isDatabaseUnavailable } from "#foundation/platform/db/unavailable";

export type UserAttempt = {
  readonly name: string;
  readonly password: string;
  readonly address: string;
};

/** Where a name belongs: an account of that name decides alone, so that one password is never tried in two places. */
type Home = "account" | "directory" | "unknown";

/** Whether a user's name and password are right, by the accounts of this service or by the directory. */
export async function checkUser(attempt: UserAttempt): Promise<CallerCheck> {
  if (attempt.password === "") {
    return { outcome: "invalid" };
  }
  const { directory } = backends();
  if (directory === null) {
    return checkAccount(attempt);
  }
  const known = directory.recall(attempt.name, attempt.password);
  if (known?.outcome === "valid") {
    return toCheck(known);
  }
  const home = await homeOf(attempt.name);
  return home === "account" ? checkAccount(attempt) : checkDirectory(directory, attempt, home);
}

async function checkAccount(attempt: UserAttempt): Promise<CallerCheck> {
  const result = await checkPassword({ ...attempt, side: "outside" }, new Date());
  return result.outcome === "valid"
    ? { outcome: "valid", caller: { kind: "user", name: result.account.name, sipAddress: null } }
    : result;
}

/** A wrong password that the directory refused before is not asked again, so it is not counted again either. */
async function checkDirectory(
  directory: Directory,
  attempt: UserAttempt,
  home: Home,
): Promise<CallerCheck> {
  const { name, password: secret, address } = attempt;
  const known = directory.recall(name, secret);
  const result =
    known ??
    (await attemptGate().run({ name, secret, address }, Date.now(), () =>
      directory.check(name, secret),
    ));
  if (home === "unknown" && result.outcome !== "valid") {
    // It may be an account's, and those cannot be read now.
    throw new AppError("unavailable", "The accounts cannot be read now.", {
      retryAfterSeconds: 10,
    });
  }
  return toCheck(result);
}

function toCheck(result: DirectoryCheck): CallerCheck {
  return result.outcome === "valid"
    ? { outcome: "valid", caller: { kind: "user", ...result.user } }
    : result;
}

/**
 * Not remembered: an account that was created or removed counts at once. Users whom the directory has just let in do not
 * come here.
 */
async function homeOf(name: string): Promise<Home> {
  try {
    return (await hasAccount(name)) ? "account" : "directory";
  } catch (error) {
    if (isDatabaseUnavailable(error)) {
      return "unknown";
    }
    throw error;
  }
}
