import { DAY_MS } from "#foundation/core/time";

/** Content with the time of its last verification; null: never verified. */
export type ScrubbedContent = { readonly sha256: string; readonly verifiedAt: Date | null };

/**
 * Whether content is due for the next verification. The digest determines the interval of a file, between half of `days`
 * and `days`, so that files imported together are not read together and no file waits longer than `days`.
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

/** Content that was verified after this instant cannot be due. */
export function earliestDue(now: Date, days: number): Date {
  return new Date(now.getTime() - (days / 2) * DAY_MS);
}
