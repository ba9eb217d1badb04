/** The load of this process when a request arrives. */
export type Load = {
  /** Smoothed lag of the event loop. */
  readonly lagMs: number;
  /** Open connections. Many can wait for an answer while the event loop shows no lag. */
  readonly connections: number;
};

export type LoadDecision =
  { readonly outcome: "serve" } | { readonly outcome: "shed"; readonly retryAfterSeconds: number };

/** Up to this lag every request is served: a phone waits longer than this for its own network. */
export const SERVE_ALL_BELOW_MS = 250;
/** From this lag on no request is served: beyond it, requests arrive faster than they are answered. */
export const SERVE_NONE_ABOVE_MS = 1_500;
/** Idle connections are not kept, so above this number phones are waiting for answers. Each connection takes 16 KB. */
export const SERVE_ALL_BELOW_CONNECTIONS = 3_000;
export const SERVE_NONE_ABOVE_CONNECTIONS = 8_000;
/** Phones that are shed at the same time get retry delays spread over this range, so that they do not return together. */
export const RETRY_WITHIN_SECONDS = { least: 15, most: 75 } as const;
/** The weight of a new measurement: under lasting lag, shedding starts within a few measurements. */
const WEIGHT_OF_LATEST = 0.4;

/** Whether the load is below the limits, so that no request is shed. Spares most requests the decision. */
export function isBelowLimits(load: Load): boolean {
  return excessOf(load) <= 0;
}

/**
 * Decides whether a request is served or shed, before any other work on it. The share of shed requests grows with the
 * load, so that the load becomes stable instead of oscillating between serving all and none. Pure: `chance` is a random
 * number, 0 <= chance < 1.
 */
export function decideLoad(load: Load, chance: number): LoadDecision {
  const share = Math.min(1, excessOf(load));
  if (chance >= share) {
    return { outcome: "serve" };
  }
  const { least, most } = RETRY_WITHIN_SECONDS;
  const spread = Math.floor((chance / share) * (most - least + 1));
  return { outcome: "shed", retryAfterSeconds: least + spread };
}

/** The share of requests to shed, by the worse of the two measures: 0 or less sheds none, 1 or more sheds all. */
function excessOf({ lagMs, connections }: Load): number {
  return Math.max(
    (lagMs - SERVE_ALL_BELOW_MS) / (SERVE_NONE_ABOVE_MS - SERVE_ALL_BELOW_MS),
    (connections - SERVE_ALL_BELOW_CONNECTIONS) /
      (SERVE_NONE_ABOVE_CONNECTIONS - SERVE_ALL_BELOW_CONNECTIONS),
  );
}

/**
 * The smoothed lag after a new measurement. A measurement counts at most as much as the one before it, so that a single
 * pause of any length, such as a suspended machine, sheds no requests.
 */
export function nextLag(
  lagMs: number,
  { measuredMs, beforeMs }: { readonly measuredMs: number; readonly beforeMs: number },
): number {
  const lasting = Math.max(0, Math.min(measuredMs, beforeMs));
  return lagMs + (lasting - lagMs) * WEIGHT_OF_LATEST;
}
