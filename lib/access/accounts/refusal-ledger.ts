export type Refusal = {
  readonly name: string;
  readonly address: string;
};

/** What is recorded now: how many refusals it stands for, this one included. */
export type RefusalNote = { readonly attempts: number };

type Count = { unrecorded: number; recordedAtMs: number };

const RECORD_EVERY_MS = 15 * 60_000;
const MAX_COUNTS = 1_000;
/** Entries in a quarter of an hour, over all names and addresses. */
const MAX_ENTRIES = 100;

/**
 * Decides which refused sign-ins become audit entries, so that guessing cannot flood the audit: the first for a name
 * from an address, then one in a quarter of an hour with the number since, and a limited number in total.
 */
export class RefusalLedger {
  readonly #counts = new Map<string, Count>();
  #windowFromMs = 0;
  #entries = 0;
  #suppressed = 0;

  /** Null: counted, and told by a later entry. */
  note({ name, address }: Refusal, nowMs: number): RefusalNote | null {
    const key = `${name.trim().toLowerCase()}@${address}`;
    const count = this.#counts.get(key) ?? { unrecorded: 0, recordedAtMs: -Infinity };
    count.unrecorded += 1;
    this.#counts.delete(key);
    this.#counts.set(key, count);
    this.#forgetOldest();
    if (nowMs - count.recordedAtMs < RECORD_EVERY_MS || !this.#takeEntry(nowMs)) {
      return null;
    }
    // Refusals whose own count was forgotten are told by the next entry, so that the sum stays right.
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

  #forgetOldest(): void {
    const [oldest] = this.#counts;
    if (this.#counts.size > MAX_COUNTS && oldest !== undefined) {
      this.#counts.delete(oldest[0]);
      this.#suppressed += oldest[1].unrecorded;
    }
  }
}
