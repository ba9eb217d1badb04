import "server-only";

import { createHash } from "node:crypto";
import type { Attempts } from "#lib/accounts/attempts";
import { FORGET_AFTER_MS, FREE_FAILURES, afterFailure, waitMs } from "#lib/accounts/attempts";
import type { Account } from "#lib/accounts/model";
import { accountKey } from "#lib/accounts/model";
import { isPassword, spendPasswordTime } from "#lib/accounts/server/passwords";
import { findAccountByName } from "#lib/accounts/server/store";
import { db } from "#lib/platform/db/client";
import { oncePerProcess } from "#lib/platform/once-per-process";

export type PasswordCheck =
  | { readonly outcome: "valid"; readonly account: Account }
  | { readonly outcome: "invalid" }
  | { readonly outcome: "throttled"; readonly retryAfterSeconds: number };

export type PasswordAttempt = {
  readonly name: string;
  readonly password: string;
  /** Where the attempt comes from; failures are counted per account and per address. */
  readonly address: string;
};

/** Argon2 costs tens of milliseconds; phones repeat their credentials with every request. */
const REMEMBER_VALID_MS = 30_000;
const MOST_REMEMBERED = 10_000;

type Memory = {
  readonly attempts: Map<string, Attempts>;
  readonly valid: Map<string, { readonly account: Account; readonly untilMs: number }>;
};

function memory(): Memory {
  return oncePerProcess("password-memory", () => ({ attempts: new Map(), valid: new Map() }));
}

/**
 * Whether somebody is who they say. Failures slow down further attempts for the account from that
 * address, and for the address as a whole; nobody is locked out of their account from elsewhere.
 * A positive result is remembered for half a minute.
 */
export async function checkPassword(attempt: PasswordAttempt, now: Date): Promise<PasswordCheck> {
  const nowMs = now.getTime();
  const remembered = memory().valid.get(fingerprint(attempt));
  if (remembered !== undefined && remembered.untilMs > nowMs) {
    return { outcome: "valid", account: remembered.account };
  }

  const throttles = throttlesOf(attempt);
  const longestWaitMs = longestWait(throttles, nowMs);
  if (longestWaitMs > 0) {
    return { outcome: "throttled", retryAfterSeconds: Math.ceil(longestWaitMs / 1000) };
  }

  const account = await verifiedAccount(attempt);
  if (account === null) {
    recordFailure(throttles, nowMs);
    return { outcome: "invalid" };
  }
  memory().attempts.delete(throttles.account);
  remember(fingerprint(attempt), account, nowMs);
  return { outcome: "valid", account };
}

/** Forgets remembered results: a changed password or a disabled account counts at once. */
export function forgetRememberedPasswords(): void {
  memory().valid.clear();
}

async function verifiedAccount({ name, password }: PasswordAttempt): Promise<Account | null> {
  const account = await findAccountByName(db, name);
  if (!account?.isEnabled) {
    await spendPasswordTime(password);
    return null;
  }
  // What is handed out is remembered and passed on; the hash must not travel with it.
  const { id, role, isEnabled, createdAt, lastSignInAt } = account;
  return (await isPassword(account.passwordHash, password))
    ? { id, name: account.name, role, isEnabled, createdAt, lastSignInAt }
    : null;
}

/** Under which keys an attempt is counted. */
type Throttles = { readonly account: string; readonly address: string };

function throttlesOf({ name, address }: PasswordAttempt): Throttles {
  return { account: `account:${accountKey(name)}@${address}`, address: `address:${address}` };
}

function longestWait({ account, address }: Throttles, nowMs: number): number {
  const { attempts } = memory();
  return Math.max(
    waitMs(attempts.get(account), FREE_FAILURES.account, nowMs),
    waitMs(attempts.get(address), FREE_FAILURES.address, nowMs),
  );
}

function recordFailure({ account, address }: Throttles, nowMs: number): void {
  const { attempts } = memory();
  forgetOldest(attempts, (entry) => nowMs - entry.lastFailureAtMs > FORGET_AFTER_MS);
  for (const key of [account, address]) {
    attempts.set(key, afterFailure(attempts.get(key), nowMs));
  }
}

function remember(key: string, account: Account, nowMs: number): void {
  const { valid } = memory();
  forgetOldest(valid, (entry) => entry.untilMs <= nowMs);
  valid.set(key, { account, untilMs: nowMs + REMEMBER_VALID_MS });
}

/** Keeps a map bounded: expired entries go first, then the oldest. */
function forgetOldest<T>(map: Map<string, T>, isExpired: (entry: T) => boolean): void {
  if (map.size < MOST_REMEMBERED) {
    return;
  }
  for (const [key, entry] of map) {
    if (isExpired(entry) || map.size >= MOST_REMEMBERED) {
      map.delete(key);
    }
  }
}

/** The password itself is not kept in memory. */
function fingerprint({ name, password }: PasswordAttempt): string {
  return createHash("sha256")
    .update(`${accountKey(name)}\0${password}`)
    .digest("base64");
}
