/** How busy this process is at the moment a request arrives. */
export type Load = {
  /** How late the event loop runs, smoothed. */
  readonly lagMs: number;
  /** Open connections: where many wait for an answer, the event loop itself may still be quick. */
  readonly connections: number;
};

export type LoadDecision =
  { readonly outcome: "serve" } | { readonly outcome: "shed"; readonly retryAfterSeconds: number };

/** Up to here everybody is served: a phone waits longer than this for its own network. */
export const SERVE_ALL_BELOW_MS = 250;
/** From here on nobody is: what is answered later than this piles up faster than it is worked off. */
export const SERVE_NONE_ABOVE_MS = 1_500;
/** Connections are not kept for their own sake, so beyond these phones are waiting; each takes 16 KB meanwhile. */
export const SERVE_ALL_BELOW_CONNECTIONS = 3_000;
export const SERVE_NONE_ABOVE_CONNECTIONS = 8_000;
/** Phones that were sent away together come back spread over this time, so that they do not meet again. */
export const RETRY_WITHIN_SECONDS = { least: 15, most: 75 } as const;
/** How much of a new measurement counts: where the process stays late, phones are sent away within a few. */
const WEIGHT_OF_LATEST = 0.4;

/** Whether nobody is sent away at present, which spares most requests the decision. */
export function isAtEase(load: Load): boolean {
  return excessOf(load) <= 0;
}

/**
 * Whether a request is served or told to come again, before anything is done for it. The more behind the process is,
 * the larger the share that it sends away, so that it settles where it can answer instead of swinging between all and
 * none. Pure: `chance` is a random number from 0 up to 1.
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

/** The share of requests that is too much, by whichever sign says more: 0 or less where none is, 1 or more where all are. */
function excessOf({ lagMs, connections }: Load): number {
  return Math.max(
    (lagMs - SERVE_ALL_BELOW_MS) / (SERVE_NONE_ABOVE_MS - SERVE_ALL_BELOW_MS),
    (connections - SERVE_ALL_BELOW_CONNECTIONS) /
      (SERVE_NONE_ABOVE_CONNECTIONS - SERVE_ALL_BELOW_CONNECTIONS),
  );
}

/**
 * The smoothed lag after another measurement. A measurement counts no more than the one before it: one pause alone, such
 * as a machine that was held up, however long, sends nobody away.
 */
export function nextLag(
  lagMs: number,
  { measuredMs, beforeMs }: { readonly measuredMs: number; readonly beforeMs: number },
): number {
  const lasting = Math.max(0, Math.min(measuredMs, beforeMs));
  return lagMs + (lasting - lagMs) * WEIGHT_OF_LATEST;
}
