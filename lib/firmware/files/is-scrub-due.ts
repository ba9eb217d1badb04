import { DAY_MS } from "#foundation/core/day";

/** Content as the scrub sees it; null: it was never read as a whole. */
export type ScrubbedContent = { readonly sha256: string; readonly verifiedAt: Date | null };

/**
 * Whether content is to be read again. Each file has its own interval between half of `days` and `days`, taken from its
 * digest: files that were imported together are not read together, and no file waits longer than `days`.
 */
export function isScrubDue(
  { sha256, verifiedAt }: ScrubbedContent,
  now: Date,
  days: number,
): boolean {
  if (verifiedAt === null) {
    return true;
  }
  const share = 0.5 + Number.parseInt(sha256.slice(0, 4), 16) / 0x1_ffff;
  return now.getTime() - verifiedAt.getTime() >= share * days * DAY_MS;
}

/** The earliest verification that can make content due. */
export function earliestDue(now: Date, days: number): Date {
  return new Date(now.getTime() - (days / 2) * DAY_MS);
}
