/** The setting that retires phones by their age. */
export const RETIRE_BY_AGE_SETTING = "retire phones by age";

export const MAX_SILENT_DAYS = 3_650;

/** Phones that were silent for `days` days are retired by the service itself; null: none is. */
export type RetireByAge = { readonly days: number | null };

export type RetireByAgeState = RetireByAge & {
  /** Null: it was never changed. */
  readonly changed: { readonly at: Date; readonly by: string } | null;
};

/** The phones that a setting would retire now. */
export type RetireByAgePreview = {
  readonly phones: number;
  /** All phones that are not retired. */
  readonly total: number;
  /** Some of them, those that were silent for the longest time first. */
  readonly examples: readonly {
    readonly id: string;
    readonly name: string;
    readonly lastSeenAt: Date;
  }[];
};

/** More phones than this, and than a tenth of the fleet, are suspicious: the network or the service may have been away. */
const MIN_SUSPICIOUS_PHONES = 100;
const SUSPICIOUS_SHARE = 0.1;
/** An administrator who has just confirmed the preview expects these phones to go. */
const CONFIRMED_FOR_MS = 24 * 60 * 60 * 1000;

/** Whether the service should not retire so many phones at once by itself. */
export function isTooManyByAge(
  { phones, total }: Pick<RetireByAgePreview, "phones" | "total">,
  { changedAt, now }: { readonly changedAt: Date; readonly now: Date },
): boolean {
  const isConfirmed = now.getTime() - changedAt.getTime() < CONFIRMED_FOR_MS;
  return !isConfirmed && phones > Math.max(MIN_SUSPICIOUS_PHONES, total * SUSPICIOUS_SHARE);
}
