const MINUTE_MS = 60_000;

/** Lets so many through in a minute. The clock is given. */
export type RateLimit = { readonly take: (nowMs: number, perMinute: number) => boolean };

export function rateLimit(): RateLimit {
  let minute = Number.NaN;
  let taken = 0;
  return {
    take: (nowMs, perMinute) => {
      const current = Math.floor(nowMs / MINUTE_MS);
      if (current !== minute) {
        minute = current;
        taken = 0;
      }
      taken += 1;
      return taken <= perMinute;
    },
  };
}
