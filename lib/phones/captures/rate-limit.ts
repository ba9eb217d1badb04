const MINUTE_MS = 60_000;

/** Allows a number of captures per minute. The caller passes the time. */
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
