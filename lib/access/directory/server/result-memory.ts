import "server-only";

type Result =
  | { readonly outcome: "valid"; readonly sipAddress: string | null }
  | { readonly outcome: "invalid" };

type Entry = { readonly result: Result; readonly atMs: number };

const MOST_ENTRIES = 20_000;
/** A phone that repeats a wrong password costs one bind in this time. */
const WRONG_MS = 10 * 60_000;
/** How long a password that was right speaks for whoever brings it again. */
const TRUST_MS = 24 * 60 * 60_000;

/**
 * What the directory said lately, under fingerprints. Bounded; the oldest goes first. Right and wrong are kept apart:
 * whoever guesses a lot does not push out what phones rely on.
 */
export class ResultMemory {
  readonly #cacheMs: number;
  readonly #right = new Map<string, Entry>();
  readonly #wrong = new Map<string, Entry>();

  constructor({ cacheMs }: { readonly cacheMs: number }) {
    this.#cacheMs = cacheMs;
  }

  recall(key: string, nowMs: number): Result | null {
    return (
      stillGood(this.#right.get(key), this.#cacheMs, nowMs) ??
      stillGood(this.#wrong.get(key), WRONG_MS, nowMs)
    );
  }

  wasRightBefore(key: string, nowMs: number): boolean {
    return stillGood(this.#right.get(key), TRUST_MS, nowMs) !== null;
  }

  keep(key: string, result: Result, atMs: number): void {
    this.#right.delete(key);
    this.#wrong.delete(key);
    const entries = result.outcome === "valid" ? this.#right : this.#wrong;
    entries.set(key, { result, atMs });
    const [oldest] = entries.keys();
    if (entries.size > MOST_ENTRIES && oldest !== undefined) {
      entries.delete(oldest);
    }
  }
}

function stillGood(entry: Entry | undefined, keepMs: number, nowMs: number): Result | null {
  return entry !== undefined && nowMs - entry.atMs < keepMs ? entry.result : null;
}
