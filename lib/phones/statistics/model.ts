import type { PhoneFigure } from "#fleet/devices/model";

/** How far back charts look. */
export const STATISTICS_RANGES = ["hour", "day", "week", "month", "year"] as const;
export type StatisticsRange = (typeof STATISTICS_RANGES)[number];

/** The phones of a model that run a version and are behind a figure. Never zero. */
export type FigureCount = {
  /** Empty together with the model and the version: all kinds beyond `MAX_COUNTED_KINDS`. */
  readonly brand: string;
  readonly model: string;
  /** Empty if the phones report none. */
  readonly version: string;
  readonly figure: PhoneFigure;
  readonly phones: number;
};

export type FigureTotals = Readonly<Record<PhoneFigure, number>>;

/** The phones behind each figure at one time. */
export type FleetSample = { readonly at: Date; readonly phones: FigureTotals };

/** The checks of one hour, and of the same hour a week before; null if it is not known. */
export type HourOfChecks = {
  readonly since: Date;
  readonly checks: number | null;
  readonly weekBefore: number | null;
};

export type FleetStatistics = {
  /** When the fleet was last counted; null before the first time. */
  readonly countedAt: Date | null;
  /** All phones: the sum of the update states. */
  readonly phones: number;
  readonly figures: FigureTotals;
  readonly kinds: readonly FigureCount[];
  /** Oldest first, in equal steps. A step without a sample is left out. */
  readonly samples: readonly FleetSample[];
  /** The last 24 hours, oldest first; the last one is not over. */
  readonly hours: readonly HourOfChecks[];
};
