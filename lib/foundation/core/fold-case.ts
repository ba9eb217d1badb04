/**
 * The only definition of "without regard to case" for filters: the letters A to Z equal a to z, and every other character
 * equals only itself. `lower(… COLLATE "C")` does the same in every PostgreSQL locale. `lower` alone would map the I of a
 * Turkish database to another letter.
 */
export function foldCase(text: string): string {
  return text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/**
 * One spelling of each value, sorted. Of `POLYCOM` and `Polycom`, keeps the first in code unit order, so the result is
 * stable.
 */
export function distinctIgnoringCase(values: readonly string[]): readonly string[] {
  const spellings = new Map<string, string>();
  for (const value of values) {
    const known = spellings.get(foldCase(value));
    if (known === undefined || value < known) {
      spellings.set(foldCase(value), value);
    }
  }
  return [...spellings.values()].toSorted((left, right) => left.localeCompare(right, "en"));
}

/** The first value that equals none of the known ones without regard to case; null if there is none. */
export function firstUnknownIgnoringCase(
  values: readonly string[],
  known: readonly string[],
): string | null {
  return values.find((value) => !includesIgnoringCase(known, value)) ?? null;
}

export function includesIgnoringCase(values: readonly string[], value: string): boolean {
  return values.some((other) => foldCase(other) === foldCase(value));
}
