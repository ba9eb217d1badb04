import type { Attempts } from "#lib/accounts/attempts";
import { FORGET_AFTER_MS, FREE_FAILURES, afterFailure, waitMs } from "#lib/accounts/attempts";

const MOST_REMEMBERED = 20_000;

export type Origin = {
  /** Who it was claimed to be; null where only the address counts. */
  readonly name: string | null;
  readonly address: string;
};

/** Counts failures for each address, and for each name from each address, and says how long to wait. */
export class Failures {
  readonly #attempts = new Map<string, Attempts>();

  waitMs({ name, address }: Origin, nowMs: number): number {
    const ofAddress = waitMs(this.#attempts.get(addressKey(address)), FREE_FAILURES.address, nowMs);
    return name === null
      ? ofAddress
      : Math.max(
          ofAddress,
          waitMs(this.#attempts.get(nameKey(name, address)), FREE_FAILURES.account, nowMs),
        );
  }

  record({ name, address }: Origin, nowMs: number): void {
    const keys = name === null ? [] : [nameKey(name, address)];
    for (const key of [...keys, addressKey(address)]) {
      const attempts = afterFailure(this.#attempts.get(key), nowMs);
      // Taken out and put back, so that the oldest stand first.
      this.#attempts.delete(key);
      this.#attempts.set(key, attempts);
    }
    this.#forgetOldest(nowMs);
  }

  /** The name was right from there; what else came from that address still counts. */
  forgive({ name, address }: Origin): void {
    if (name !== null) {
      this.#attempts.delete(nameKey(name, address));
    }
  }

  #forgetOldest(nowMs: number): void {
    for (const [key, { lastFailureAtMs }] of this.#attempts) {
      if (this.#attempts.size <= MOST_REMEMBERED && nowMs - lastFailureAtMs <= FORGET_AFTER_MS) {
        return;
      }
      this.#attempts.delete(key);
    }
  }
}

function nameKey(name: string, address: string): string {
  return `name:${name.trim().toLowerCase()}@${address}`;
}

function addressKey(address: string): string {
  return `address:${address}`;
}
