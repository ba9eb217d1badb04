/** How busy this process is at the moment a request arrives. */
export type Load = {
  /** How late the event loop runs, smoothed. */
  readonly lagMs: number;
  /** Images and logs that are being transferred. */
  readonly transfers: number;
};

/** What a request asks for, as far as its weight matters. */
export type RequestWeight = "check" | "transfer";

export type LoadDecision =
  { readonly outcome: "serve" } | { readonly outcome: "shed"; readonly retryAfterSeconds: number };

/** Up to here everybody is served: a phone waits longer than this for its own network. */
export const SERVE_ALL_BELOW_MS = 250;
/** From here on nobody is: what is answered later than this piles up faster than it is worked off. */
export const SERVE_NONE_ABOVE_MS = 1_500;
/** Each holds a file and its buffers, some hundred kilobytes. */
export const MOST_TRANSFERS = 1_000;
/** Phones that were sent away together come back spread over this time, so that they do not meet again. */
export const RETRY_WITHIN_SECONDS = { least: 15, most: 75 } as const;
/** How much of a new measurement counts: one pause alone sends nobody away, a lasting one does within a few. */
const WEIGHT_OF_LATEST = 0.4;

/** Whether nobody is sent away at present, which spares most requests the decision. */
export function isAtEase({ lagMs, transfers }: Load): boolean {
  return lagMs <= SERVE_ALL_BELOW_MS && transfers < MOST_TRANSFERS;
}

/**
 * Whether a request is served or told to come again, before anything is done for it. The more behind the process is,
 * the larger the share that it sends away, so that it settles where it can answer instead of swinging between all and
 * none. Pure: `chance` is a random number from 0 up to 1.
 */
export function decideLoad(
  { lagMs, transfers }: Load,
  weight: RequestWeight,
  chance: number,
): LoadDecision {
  const excess = (lagMs - SERVE_ALL_BELOW_MS) / (SERVE_NONE_ABOVE_MS - SERVE_ALL_BELOW_MS);
  const isCrowded = weight === "transfer" && transfers >= MOST_TRANSFERS;
  if (!isCrowded && chance >= excess) {
    return { outcome: "serve" };
  }
  const { least, most } = RETRY_WITHIN_SECONDS;
  return { outcome: "shed", retryAfterSeconds: least + Math.floor(chance * (most - least + 1)) };
}

/** The smoothed lag after another measurement. */
export function nextLag(lagMs: number, measuredMs: number): number {
  return lagMs + (Math.max(0, measuredMs) - lagMs) * WEIGHT_OF_LATEST;
}
