import "server-only";
import type { Attempts } from "#access/accounts/attempts";
import { FORGET_AFTER_MS, FREE_FAILURES, afterFailure, waitMs } from "#access/accounts/attempts";
import { accountKey } from "#access/accounts/model";
import type { Credentials } from "#access/accounts/server/proven-credentials";
import { ProvenCredentials } from "#access/accounts/server/proven-credentials";
import type { SharedAttempts } from "#access/accounts/server/shared-attempts";
import { sharedAttempts } from "#access/accounts/server/shared-attempts";
import { WaitingAttempts } from "#access/accounts/server/waiting-attempts";
import { AppError } from "#foundation/core/errors";
import { toNetwork } from "#foundation/platform/ip-ranges";
import { oncePerProcess } from "#foundation/platform/once-per-process";

export type Throttled = { readonly outcome: "throttled"; readonly retryAfterSeconds: number };

type Count = Attempts & { readonly pending: number };
type Waiter = { readonly keys: AttemptKeys; readonly nowMs: number; readonly wake: Wake };
type Wake = (admission: Admission) => void;
type Admission = Admitted | Throttled;
/** `turns` are the keys whose one turn over all processes this attempt has. */
type Admitted = { readonly outcome: "admitted"; readonly turns: readonly string[] };
type AttemptKeys = { readonly name: string | null; readonly address: string };

const MAX_COUNTS = 20_000;
const MAX_WAIT_MS = 20_000;
const BUSY_RETRY_SECONDS = 5;

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
  readonly #counts = new Map<string, Count>();
  readonly #waiting = new WaitingAttempts<Waiter>();
  readonly #proven = new ProvenCredentials();

  /** Without `shared`, this gate counts alone. */
  constructor(shared: SharedAttempts | null = null) {
    this.#shared = shared;
  }

  /**
   * Evaluates an attempt, or throttles it. The outcome `valid` resets the count of the name, `invalid` increments the
   * counts; other outcomes change nothing.
   */
  async run<T extends { readonly outcome: string }>(
    attempt: Credentials,
    nowMs: number,
    evaluate: () => Promise<T>,
  ): Promise<T | Throttled> {
    const keys = keysOf(attempt);
    const isProven = this.#proven.has(attempt, nowMs);
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
      this.#proven.note(attempt, outcome, nowMs);
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
    if (this.#waiting.isFull(keys.address)) {
      return throttled(BUSY_RETRY_SECONDS * 1000);
    }
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#waiting.remove(keys.address, waiter);
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
      this.#waiting.add(keys.address, waiter);
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
    for (const waiter of this.#waiting.at(keys.address)) {
      const decision = this.#decide(waiter.keys, waiter.nowMs);
      if (decision !== "wait") {
        this.#waiting.remove(keys.address, waiter);
        waiter.wake(decision);
      }
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

function keysOf({ name, address }: Credentials): AttemptKeys {
  const network = toNetwork(address);
  return {
    name: name === null ? null : `name:${accountKey(name)}@${network}`,
    address: `address:${network}`,
  };
}

function limitsOf({ name, address }: AttemptKeys) {
  const ofAddress = { key: address, free: FREE_FAILURES.address };
  return name === null ? [ofAddress] : [{ key: name, free: FREE_FAILURES.account }, ofAddress];
}
