import { evictOldest } from "#foundation/core/evict-oldest";

/** Token buckets for many callers, in bounded memory: the least recently used buckets are dropped. */
export type TokenBuckets = {
  /** Takes a token. Returns 0 on success, else the seconds until the next token. */
  readonly take: (caller: string, nowMs: number) => number;
};

export type TokenBucketsOptions = {
  /** The maximum of tokens that can be taken at once. */
  readonly burst: number;
  readonly perMinute: number;
  readonly mostCallers: number;
};

type Bucket = { readonly tokens: number; readonly atMs: number };

export function tokenBuckets({ burst, perMinute, mostCallers }: TokenBucketsOptions): TokenBuckets {
  // In the order of their last use.
  const buckets = new Map<string, Bucket>();
  const perMs = perMinute / 60_000;

  return {
    take: (caller, nowMs) => {
      const before = buckets.get(caller) ?? { tokens: burst, atMs: nowMs };
      const elapsedMs = Math.max(0, nowMs - before.atMs);
      const tokens = Math.min(burst, before.tokens + elapsedMs * perMs);
      const isGranted = tokens >= 1;
      buckets.delete(caller);
      buckets.set(caller, { tokens: isGranted ? tokens - 1 : tokens, atMs: nowMs });
      evictOldest(buckets, mostCallers);
      return isGranted ? 0 : Math.ceil((1 - tokens) / perMs / 1000);
    },
  };
}
