import "server-only";
import { evictOldest } from "#foundation/core/evict-oldest";

type Result =
  | { readonly outcome: "valid"; readonly sipAddress: string | null }
  | { readonly outcome: "invalid" };

type Entry = { readonly result: Result; readonly atMs: number };

const MAX_ENTRIES = 20_000;
/** How long a wrong password is cached: a phone that repeats it costs one bind in this time. */
const WRONG_MS = 10 * 60_000;
/** How long after a success a password may use the reserved last attempt of the budget. */
const TRUST_MS = 24 * 60 * 60_000;

/**
 * A bounded cache of directory results by fingerprint; evicts the oldest entry first. Valid and invalid results have
 * separate maps, so that password guesses do not evict the valid results of phones.
 */
export class ResultCache {
  readonly #cacheMs: number;
  readonly #right = new Map<string, Entry>();
  readonly #wrong = new Map<string, Entry>();

  constructor({ cacheMs }: { readonly cacheMs: number }) {
    this.#cacheMs = cacheMs;
  }

  recall(key: string, nowMs: number): Result | null {
    return (
      resultIfFresh(this.#right.get(key), this.#cacheMs, nowMs) ??
      resultIfFresh(this.#wrong.get(key), WRONG_MS, nowMs)
    );
  }

  wasRightBefore(key: string, nowMs: number): boolean {
    return resultIfFresh(this.#right.get(key), TRUST_MS, nowMs) !== null;
  }

  keep(key: string, result: Result, atMs: number): void {
    this.#right.delete(key);
    this.#wrong.delete(key);
    const entries = result.outcome === "valid" ? this.#right : this.#wrong;
    entries.set(key, { result, atMs });
    evictOldest(entries, MAX_ENTRIES);
  }
}

function resultIfFresh(entry: Entry | undefined, keepMs: number, nowMs: number): Result | null {
  return entry !== undefined && nowMs - entry.atMs < keepMs ? entry.result : null;
}
