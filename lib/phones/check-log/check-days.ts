/** The storage of the checks of one day (`YYYY-MM-DD`, in UTC). */
export type CheckDaySize = { readonly day: string; readonly sizeBytes: number };

/**
 * The first day to keep within a quota; null if all days fit. Counts back from the newest day until the quota is used.
 * Today is always kept.
 */
export function firstDayWithin(
  newestFirst: readonly CheckDaySize[],
  quotaBytes: number,
  today: string,
): string | null {
  let usedBytes = 0;
  let firstKept = today;
  for (const { day, sizeBytes } of newestFirst) {
    usedBytes += sizeBytes;
    if (usedBytes > quotaBytes) {
      return firstKept;
    }
    firstKept = day < firstKept ? day : firstKept;
  }
  return null;
}
