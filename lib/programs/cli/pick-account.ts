import type { Account } from "#access/accounts/model";
import { accountKey } from "#access/accounts/model";
import { AppError } from "#foundation/core/errors";

/** The account of this name, without regard to case. Throws `not_found`. */
export function pickAccount(accounts: readonly Account[], name: string): Account {
  const account = accounts.find((candidate) => accountKey(candidate.name) === accountKey(name));
  if (account === undefined) {
    throw new AppError("not_found", `There is no account ${name}.`);
  }
  return account;
}
