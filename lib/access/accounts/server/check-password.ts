import "server-only";

import { createHash } from "node:crypto";
import type { Account } from "#access/accounts/model";
import { accountKey } from "#access/accounts/model";
import { attemptGate } from "#access/accounts/server/attempt-gate";
import type { HashSide } from "#access/accounts/server/passwords";
import { isPassword, hashDecoyPassword } from "#access/accounts/server/passwords";
import type { StoredAccount } from "#access/accounts/server/store";
import { findAccountByName } from "#access/accounts/server/store";
import { db } from "#foundation/platform/db/client";
import { isDatabaseUnavailable } from "#foundation/platform/db/unavailable";
import { oncePerProcess } from "#foundation/platform/once-per-process";

export type PasswordCheck =
  | ({ readonly outcome: "valid" } & Verified)
  | { readonly outcome: "invalid" }
  | { readonly outcome: "throttled"; readonly retryAfterSeconds: number };

type Verified = {
  readonly account: Account;
  /** Differs from the stored value if the account was changed after the password was verified. */
  readonly sessionsValidFrom: Date;
};

export type PasswordAttempt = {
  readonly name: string;
  readonly password: string;
  /** The client's address; failures are counted per account and per address. */
  readonly address: string;
  /** Selects the hash queue that the attempt uses. */
  readonly side: HashSide;
};

/** Caches valid passwords: Argon2 takes tens of milliseconds, and phones send their credentials with every request. */
const REMEMBER_VALID_MS = 30_000;
const MAX_REMEMBERED = 10_000;

type Remembered = {
  readonly verified: Verified;
  readonly passwordHash: string;
  readonly untilMs: number;
};

function rememberedPasswords(): Map<string, Remembered> {
  return oncePerProcess("remembered passwords", () => new Map<string, Remembered>());
}

/**
 * Whether a name and a password belong to an account that may sign in. `attemptGate` limits wrong attempts; an account
 * is never locked for other addresses. A positive result is cached for 30 seconds and saves the hash. It is used only
 * while the stored hash is unchanged, because another process may change the password or disable the account.
 */
export async function checkPassword(attempt: PasswordAttempt, now: Date): Promise<PasswordCheck> {
  const nowMs = now.getTime();
  const { name, password: secret, address } = attempt;
  const known = await recall(attempt, nowMs);
  return known === null
    ? attemptGate().run({ name, secret, address }, nowMs, () => evaluate(attempt, nowMs))
    : { outcome: "valid", ...known };
}

/** Clears the cached results of this process, which frees their memory at once. */
export function clearPasswordCache(): void {
  rememberedPasswords().clear();
}

/** Reads the cache again after the gate: a parallel attempt with the same password may have succeeded during the wait. */
async function evaluate(attempt: PasswordAttempt, nowMs: number): Promise<PasswordCheck> {
  const verified = (await recall(attempt, nowMs)) ?? (await verify(attempt, nowMs));
  return verified === null ? { outcome: "invalid" } : { outcome: "valid", ...verified };
}

async function recall(attempt: PasswordAttempt, nowMs: number): Promise<Verified | null> {
  const remembered = rememberedPasswords().get(fingerprint(attempt));
  if (remembered === undefined || remembered.untilMs <= nowMs) {
    return null;
  }
  try {
    const account = await findAccountByName(db, attempt.name);
    const isSame = account?.isEnabled === true && account.passwordHash === remembered.passwordHash;
    return isSame ? toVerified(account) : null;
  } catch (error) {
    if (isDatabaseUnavailable(error)) {
      return remembered.verified;
    }
    throw error;
  }
}

async function verify(attempt: PasswordAttempt, nowMs: number): Promise<Verified | null> {
  const { name, password, address, side } = attempt;
  const account = await findAccountByName(db, name);
  if (!account?.isEnabled) {
    await hashDecoyPassword(password, { side, address });
    return null;
  }
  if (!(await isPassword(account.passwordHash, password, { side, address }))) {
    return null;
  }
  remember(fingerprint(attempt), account, nowMs);
  return toVerified(account);
}

/** Copies the fields by name, so that the cached and returned value does not contain the password hash. */
function toVerified({ sessionsValidFrom, ...stored }: StoredAccount): Verified {
  const { id, name, role, isEnabled, createdAt, lastSignInAt } = stored;
  return { account: { id, name, role, isEnabled, createdAt, lastSignInAt }, sessionsValidFrom };
}

function remember(key: string, account: StoredAccount, nowMs: number): void {
  const valid = rememberedPasswords();
  forgetOldest(valid, (entry) => entry.untilMs <= nowMs);
  valid.set(key, {
    verified: toVerified(account),
    passwordHash: account.passwordHash,
    untilMs: nowMs + REMEMBER_VALID_MS,
  });
}

/** Limits the size of a map: evicts expired entries, then the oldest. */
function forgetOldest<T>(map: Map<string, T>, isExpired: (entry: T) => boolean): void {
  if (map.size < MAX_REMEMBERED) {
    return;
  }
  for (const [key, entry] of map) {
    if (isExpired(entry) || map.size >= MAX_REMEMBERED) {
      map.delete(key);
    }
  }
}

/** The cache key. The password itself is not kept in memory. */
function fingerprint({ name, password }: PasswordAttempt): string {
  return createHash("sha256")
    .update(`${accountKey(name)}\0${password}`)
    .digest("base64");
}
