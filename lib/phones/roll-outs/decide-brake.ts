import type { BrakeSettings } from "#fleet/pools/brake";

/** A phone that downloaded the image and has not reported the version, nor that it fell back. */
export type QuietPhone = {
  /** Its last check or the end of its last download. */
  readonly lastSignAt: Date;
  /** The longest pause between its checks before; null if they are not known. */
  readonly longestPauseMs: number | null;
  /** The network that its address belongs to. */
  readonly network: string;
  /** Null: it is at no site. */
  readonly siteId: string | null;
};

/** Phones that are not quiet phones of the roll-out, whether or not they belong to it. */
export type Neighbours = {
  readonly phones: number;
  /** The last check of any of them; null if there are none. */
  readonly lastSeenAt: Date | null;
};

export type BrakeFacts = {
  /** The phones that downloaded the image, or more, since the brake counts. */
  readonly installed: number;
  readonly fellBack: number;
  readonly quiet: readonly QuietPhone[];
  readonly networks: ReadonlyMap<string, Neighbours>;
  /** By the id of a site. */
  readonly sites: ReadonlyMap<string, Neighbours>;
  /** Those of the pool of the roll-out. */
  readonly pool: Neighbours;
};

/** What the brake decided from. */
export type BrakeFigures = {
  /** Without those at a dark site. */
  readonly installed: number;
  readonly fellBack: number;
  readonly stayedAway: number;
  /** Phones that are silent together with their neighbours: they say nothing about the version. */
  readonly dark: number;
  readonly percent: number;
};

export type BrakeDecision = {
  readonly action: "none" | "warn" | "stop";
  readonly figures: BrakeFigures;
};

export type BrakeOptions = {
  readonly now: Date;
  readonly settings: BrakeSettings;
  /** Phones check at least once in this time. */
  readonly nextCheckSeconds: number;
};

/** A phone restarts and checks within minutes after an installation. */
export const MIN_QUIET_MS = 15 * 60 * 1000;
/** After so many of its longest pauses, a phone is missing. */
const MISSED_PAUSES = 3;
const MISSED_INTERVALS = 2;

/** A phone that was not seen for so long before is no neighbour: it was silent already. */
export function neighbourWindowMs(nextCheckSeconds: number): number {
  return MISSED_INTERVALS * nextCheckSeconds * 1000;
}

/**
 * Decides whether a roll-out goes on. A phone stayed away if it misses its own rhythm: one that checks once a day is not
 * missing after two hours. It is not counted at all if none of its neighbours has been seen since it should have checked:
 * a power cut is no fault of the version. Its neighbours are the phones of its network; where there are none, those of its
 * site; where there are none either, those of the pool.
 */
export function decideBrake(facts: BrakeFacts, options: BrakeOptions): BrakeDecision {
  const missing = facts.quiet.filter((phone) => isMissing(phone, options));
  const dark = missing.filter((phone) => isDark(phone, facts, options)).length;
  const stayedAway = missing.length - dark;
  const installed = Math.max(0, facts.installed - dark);
  const failed = facts.fellBack + stayedAway;
  const percent = installed === 0 ? 0 : (failed / installed) * 100;
  const { brake, brakePercent, brakePhones } = options.settings;
  const isTooMuch = failed > 0 && failed >= brakePhones && percent >= brakePercent;
  return {
    action: isTooMuch && brake !== "off" ? brake : "none",
    figures: { installed, fellBack: facts.fellBack, stayedAway, dark, percent },
  };
}

/** The usual pause of a phone; a phone with an unknown rhythm keeps the interval that answers name. */
function usualPauseMs({ longestPauseMs }: QuietPhone, { nextCheckSeconds }: BrakeOptions): number {
  const intervalMs = nextCheckSeconds * 1000;
  return longestPauseMs === null ? intervalMs : Math.min(longestPauseMs, intervalMs);
}

function isMissing(phone: QuietPhone, options: BrakeOptions): boolean {
  const patienceMs = Math.max(
    MIN_QUIET_MS,
    Math.min(
      MISSED_PAUSES * usualPauseMs(phone, options),
      MISSED_INTERVALS * options.nextCheckSeconds * 1000,
    ),
  );
  return options.now.getTime() - phone.lastSignAt.getTime() > patienceMs;
}

function isDark(phone: QuietPhone, facts: BrakeFacts, options: BrakeOptions): boolean {
  const neighbours =
    [facts.networks.get(phone.network), facts.sites.get(phone.siteId ?? "")].find(
      (near) => near !== undefined && near.phones > 0,
    ) ?? facts.pool;
  const dueMs = phone.lastSignAt.getTime() + usualPauseMs(phone, options);
  return neighbours.lastSeenAt !== null && neighbours.lastSeenAt.getTime() <= dueMs;
}
