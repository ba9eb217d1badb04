import { evictOldest } from "#foundation/core/evict-oldest";

export type Refusal = {
  readonly name: string;
  readonly address: string;
};

/** An entry to record now, with the number of refusals that it covers, including this one. */
export type RefusalNote = { readonly attempts: number };

type Count = { unrecorded: number; recordedAtMs: number };

const RECORD_EVERY_MS = 15 * 60_000;
const MAX_COUNTS = 1_000;
/** Entries in 15 minutes, over all names and addresses. */
const MAX_ENTRIES = 100;

/**
 * Decides which refused sign-ins become audit entries, so that password guessing cannot flood the audit trail: the first
 * refusal of a name from an address, then one entry per 15 minutes with the number of refusals since, and a limited
 * number of entries in total.
 */
export class RefusalLedger {
  readonly #counts = new Map<string, Count>();
  #windowFromMs = 0;
  #entries = 0;
  #suppressed = 0;

  /** Counts a refusal. Returns null if a later entry will report it. */
  note({ name, address }: Refusal, nowMs: number): RefusalNote | null {
    const key = `${name.trim().toLowerCase()}@${address}`;
    const count = this.#counts.get(key) ?? { unrecorded: 0, recordedAtMs: -Infinity };
    count.unrecorded += 1;
    this.#counts.delete(key);
    this.#counts.set(key, count);
    this.#suppressed += evictOldest(this.#counts, MAX_COUNTS)?.[1].unrecorded ?? 0;
    if (nowMs - count.recordedAtMs < RECORD_EVERY_MS || !this.#takeEntry(nowMs)) {
      return null;
    }
    // The next entry also reports refusals whose own count was evicted, so that the total stays correct.
    const attempts = count.unrecorded + this.#suppressed;
    count.unrecorded = 0;
    count.recordedAtMs = nowMs;
    this.#suppressed = 0;
    return { attempts };
  }

  #takeEntry(nowMs: number): boolean {
    if (nowMs - this.#windowFromMs >= RECORD_EVERY_MS) {
      this.#windowFromMs = nowMs;
      this.#entries = 0;
    }
    this.#entries += 1;
    return this.#entries <= MAX_ENTRIES;
  }
}
