import "server-only";

import { createHmac, randomBytes } from "node:crypto";
import type { Attempts } from "#access/accounts/attempts";
import { FORGET_AFTER_MS, FREE_FAILURES, afterFailure, waitMs } from "#access/accounts/attempts";
import { accountKey } from "#access/accounts/model";
import type { SharedAttempts } from "#access/accounts/server/shared-attempts";
import { sharedAttempts } from "#access/accounts/server/shared-attempts";
import { AppError } from "#foundation/core/errors";
import { evictOldest } from "#foundation/core/evict-oldest";
import { oncePerProcess } from "#foundation/platform/once-per-process";

export type Attempt = {
  /** The claimed name; null if only the address is counted. */
  readonly name: string | null;
  /** The password or token; null if it is not known before the evaluation (NTLM). */
  readonly secret: string | null;
  readonly address: string;
};

export type Throttled = { readonly outcome: "throttled"; readonly retryAfterSeconds: number };

type Count = Attempts & { readonly pending: number };
type Waiter = { readonly keys: AttemptKeys; readonly nowMs: number; readonly wake: Wake };
type Wake = (admission: Admission) => void;
type Admission = Admitted | Throttled;
/** `turns` are the keys whose one turn over all processes this attempt has. */
type Admitted = { readonly outcome: "admitted"; readonly turns: readonly string[] };
type AttemptKeys = { readonly name: string | null; readonly address: string };

const MAX_COUNTS = 20_000;
const MAX_PROVEN = 20_000;
const MAX_WAITING_PER_ADDRESS = 500;
const MAX_WAITING = 5_000;
const MAX_WAIT_MS = 20_000;
const BUSY_RETRY_SECONDS = 5;
/** How long valid credentials stay exempt from the limits at the address that sent them. */
const PROVEN_MS = 24 * 60 * 60_000;

const ADMITTED: Admitted = { outcome: "admitted", turns: [] };

/**
 * Limits attempts with wrong credentials of every kind: accounts, API tokens, device tokens, the directory and NTLM.
 *
 * An attempt acquires a slot synchronously before it is evaluated; otherwise, parallel attempts would all pass before
 * the first failure is counted. If pending attempts hold all slots, an attempt waits for their results: many phones with
 * correct credentials behind one address are delayed, not refused. Credentials that were valid before from the same
 * address skip the limits, so that an attacker behind that address cannot lock them out.
 *
 * The free failures and the turn after them are shared by all processes and hosts (docs/decisions/0025-shared-limits.md).
 * An attempt asks the database only after its key has used up the free failures.
 */
export class AttemptGate {
  readonly #shared: SharedAttempts | null;
  readonly #salt = randomBytes(32);
  readonly #counts = new Map<string, Count>();
  readonly #waiting = new Map<string, Waiter[]>();
  readonly #provenUntilMs = new Map<string, number>();
  #waitingCount = 0;

  /** Without `shared`, this gate counts alone. */
  constructor(shared: SharedAttempts | null = null) {
    this.#shared = shared;
  }

  /**
   * Evaluates an attempt, or throttles it. The outcome `valid` resets the count of the name, `invalid` increments the
   * counts; other outcomes change nothing.
   */
  async run<T extends { readonly outcome: string }>(
    attempt: Attempt,
    nowMs: number,
    evaluate: () => Promise<T>,
  ): Promise<T | Throttled> {
    const keys = keysOf(attempt);
    const proof = this.#proofOf(attempt);
    const isProven = proof !== null && (this.#provenUntilMs.get(proof) ?? 0) > nowMs;
    const admission = isProven ? ADMITTED : await this.#admit(keys, nowMs);
    if (admission.outcome === "throttled") {
      return admission;
    }
    let outcome: string | null = null;
    try {
      const result = await evaluate();
      outcome = result.outcome;
      return result;
    } finally {
      this.#noteProof(proof, outcome, nowMs);
      await this.#settle(keys, { outcome, nowMs, turns: admission.turns });
      if (!isProven) {
        this.#leave(keys);
      }
    }
  }

  /** Before the slot is released, so that waiting attempts see what all processes have counted. */
  async #settle(
    keys: AttemptKeys,
    { outcome, nowMs, turns }: Pick<Admitted, "turns"> & { outcome: string | null; nowMs: number },
  ): Promise<void> {
    if (outcome === "invalid") {
      this.#recordFailure(keys, nowMs);
      await this.#shareFailure(keys, nowMs);
      return;
    }
    await this.#returnTurns(turns);
    if (outcome === "valid" && keys.name !== null) {
      await this.#forgive(keys.name);
    }
  }

  async #shareFailure(keys: AttemptKeys, nowMs: number): Promise<void> {
    const shared = this.#shared;
    if (shared === null) {
      return;
    }
    await Promise.all(
      limitsOf(keys).map(async ({ key, free }) => {
        const ofAll = await shared.addFailure(key);
        const count = this.#counts.get(key);
        if (count === undefined) {
          return;
        }
        const failures = Math.max(count.failures, ofAll ?? 0);
        this.#counts.set(key, { ...count, failures });
        const milliseconds = waitMs({ ...count, failures }, free, nowMs);
        if (milliseconds > 0) {
          await shared.wait(key, milliseconds);
        }
      }),
    );
  }

  async #admit(keys: AttemptKeys, nowMs: number): Promise<Admission> {
    const admission = await this.#enter(keys, nowMs);
    if (admission.outcome === "throttled" || this.#shared === null) {
      return admission;
    }
    const turns: string[] = [];
    for (const { key, free } of limitsOf(keys)) {
      if (isUsedUp(this.#counts.get(key), free, nowMs)) {
        const milliseconds = await this.#shared.takeTurn(key);
        if (milliseconds > 0) {
          await this.#returnTurns(turns);
          this.#leave(keys);
          return throttled(milliseconds);
        }
        turns.push(key);
      }
    }
    return { ...admission, turns };
  }

  async #returnTurns(turns: readonly string[]): Promise<void> {
    const shared = this.#shared;
    if (shared !== null) {
      await Promise.all(turns.map((key) => shared.returnTurn(key)));
    }
  }

  #enter(keys: AttemptKeys, nowMs: number): Admission | Promise<Admission> {
    const decision = this.#decide(keys, nowMs);
    if (decision !== "wait") {
      return decision;
    }
    const waiters = this.#waiting.get(keys.address) ?? [];
    if (waiters.length >= MAX_WAITING_PER_ADDRESS || this.#waitingCount >= MAX_WAITING) {
      return throttled(BUSY_RETRY_SECONDS * 1000);
    }
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#removeWaiter(waiter);
        resolve(throttled(BUSY_RETRY_SECONDS * 1000));
      }, MAX_WAIT_MS);
      const waiter: Waiter = {
        keys,
        nowMs,
        wake: (admission) => {
          clearTimeout(timer);
          resolve(admission);
        },
      };
      this.#waiting.set(keys.address, [...waiters, waiter]);
      this.#waitingCount += 1;
    });
  }

  /** Acquires a slot for every key, or throttles the attempt. Returns "wait" if pending attempts hold the slots. */
  #decide(keys: AttemptKeys, nowMs: number): Admission | "wait" {
    const limits = limitsOf(keys);
    const longestMs = Math.max(
      ...limits.map(({ key, free }) => waitMs(this.#counts.get(key), free, nowMs)),
    );
    if (longestMs > 0) {
      return throttled(longestMs);
    }
    if (limits.some(({ key, free }) => !hasSlot(this.#counts.get(key), free))) {
      return "wait";
    }
    for (const { key } of limits) {
      this.#addPending(key, 1);
    }
    return ADMITTED;
  }

  #leave(keys: AttemptKeys): void {
    for (const { key } of limitsOf(keys)) {
      this.#addPending(key, -1);
    }
    for (const waiter of this.#waiting.get(keys.address) ?? []) {
      const decision = this.#decide(waiter.keys, waiter.nowMs);
      if (decision !== "wait") {
        this.#removeWaiter(waiter);
        waiter.wake(decision);
      }
    }
  }

  #removeWaiter(waiter: Waiter): void {
    const { address } = waiter.keys;
    const waiters = this.#waiting.get(address) ?? [];
    const others = waiters.filter((other) => other !== waiter);
    this.#waitingCount -= waiters.length - others.length;
    if (others.length === 0) {
      this.#waiting.delete(address);
    } else {
      this.#waiting.set(address, others);
    }
  }

  #addPending(key: string, change: 1 | -1): void {
    const count = this.#counts.get(key) ?? { failures: 0, lastFailureAtMs: 0, pending: 0 };
    const pending = count.pending + change;
    if (pending === 0 && count.failures === 0) {
      this.#counts.delete(key);
    } else {
      this.#counts.set(key, { ...count, pending });
    }
  }

  #recordFailure(keys: AttemptKeys, nowMs: number): void {
    for (const { key } of limitsOf(keys)) {
      const count = this.#counts.get(key);
      // Deletes the key first, so that the map stays ordered by the last failure.
      this.#counts.delete(key);
      this.#counts.set(key, {
        ...afterFailure(count?.failures === 0 ? undefined : count, nowMs),
        pending: count?.pending ?? 0,
      });
    }
    this.#forgetOldest(nowMs);
  }

  /** Keeps the failures of the address: a valid account must not allow more guesses at other names. */
  async #forgive(nameKey: string): Promise<void> {
    const { pending = 0, failures = 0 } = this.#counts.get(nameKey) ?? {};
    if (failures > 0) {
      await this.#shared?.forgive(nameKey);
    }
    if (pending === 0) {
      this.#counts.delete(nameKey);
    } else {
      this.#counts.set(nameKey, { failures: 0, lastFailureAtMs: 0, pending });
    }
  }

  #forgetOldest(nowMs: number): void {
    for (const [key, { lastFailureAtMs, pending }] of this.#counts) {
      if (this.#counts.size <= MAX_COUNTS && nowMs - lastFailureAtMs <= FORGET_AFTER_MS) {
        return;
      }
      if (pending === 0) {
        this.#counts.delete(key);
      }
    }
  }

  #noteProof(proof: string | null, outcome: string | null, nowMs: number): void {
    if (proof === null || (outcome !== "valid" && outcome !== "invalid")) {
      return;
    }
    this.#provenUntilMs.delete(proof);
    if (outcome === "valid") {
      this.#provenUntilMs.set(proof, nowMs + PROVEN_MS);
      evictOldest(this.#provenUntilMs, MAX_PROVEN);
    }
  }

  /** Uses a random salt of this process, so that a fingerprint is useless for guessing outside of this process. */
  #proofOf({ name, secret, address }: Attempt): string | null {
    return secret === null
      ? null
      : createHmac("sha256", this.#salt)
          .update(
            JSON.stringify([name === null ? null : accountKey(name), secret, networkOf(address)]),
          )
          .digest("base64");
  }
}

/** The gate of this process, which counts with those of all others. */
export function attemptGate(): AttemptGate {
  return oncePerProcess("attempt gate", () => new AttemptGate(sharedAttempts()));
}

/** The refusal of a throttled attempt. */
export function toRateLimited({
  retryAfterSeconds,
}: Pick<Throttled, "retryAfterSeconds">): AppError {
  return new AppError("rate_limited", "Too many failed attempts. Try again later.", {
    retryAfterSeconds,
  });
}

function isUsedUp(count: Count | undefined, free: number, nowMs: number): boolean {
  return (
    count !== undefined &&
    count.failures >= free &&
    nowMs - count.lastFailureAtMs <= FORGET_AFTER_MS
  );
}

/** After the free failures are used up, attempts are evaluated one at a time. */
function hasSlot(count: Count | undefined, free: number): boolean {
  if (count === undefined || count.pending === 0) {
    return true;
  }
  return count.failures + count.pending < free;
}

function throttled(milliseconds: number): Throttled {
  return { outcome: "throttled", retryAfterSeconds: Math.ceil(milliseconds / 1000) };
}

function keysOf({ name, address }: Attempt): AttemptKeys {
  const network = networkOf(address);
  return {
    name: name === null ? null : `name:${accountKey(name)}@${network}`,
    address: `address:${network}`,
  };
}

function limitsOf({ name, address }: AttemptKeys) {
  const ofAddress = { key: address, free: FREE_FAILURES.address };
  return name === null ? [ofAddress] : [{ key: name, free: FREE_FAILURES.account }, ofAddress];
}

/** The /64 of an IPv6 address. A customer has at least a /64; a limit per address would have no effect. */
function networkOf(address: string): string {
  if (!address.includes(":") || address.includes(".")) {
    return address;
  }
  const [head = "", tail] = address.toLowerCase().split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => "0");
  const groups = tail === undefined ? left : [...left, ...zeros, ...right];
  return `${groups.slice(0, 4).join(":")}::/64`;
}
