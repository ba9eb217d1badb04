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

/** The backend of a name. If an account has the name, only it decides, so that a password is never tried twice. */
type Home = "account" | "directory" | "unknown";

/** Verifies a user's name and password against the accounts of this service or the directory. */
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

/** Uses the cached result of a password that the directory refused before, so it is not counted again. */
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
    // The name may belong to an account, and the accounts cannot be read at the moment.
    throw new AppError("unavailable", "The accounts cannot be read at the moment.", {
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
 * Not cached, so that a created or removed account takes effect at once. Not called for users whose directory result is
 * still cached as valid.
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
