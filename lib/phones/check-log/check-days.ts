/** What the checks of one day (`YYYY-MM-DD`, in UTC) take. */
export type CheckDaySize = { readonly day: string; readonly sizeBytes: number };

/**
 * The first day that is kept where all days together may take so much; null where all of them fit. Goes back from the
 * newest day as long as there is room. Today is kept whatever it takes.
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
