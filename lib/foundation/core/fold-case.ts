/**
 * The one definition of "without regard to case" for filters: the letters A to Z are equal to a to z, every other
 * character is equal to itself alone. `lower(… COLLATE "C")` is the same in every PostgreSQL, whatever its locale, where
 * `lower` alone would turn the I of a Turkish database into another letter.
 */
export function foldCase(text: string): string {
  return text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** One spelling of each value, sorted: of `POLYCOM` and `Polycom` the first in code unit order, so that it is stable. */
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

export function includesIgnoringCase(values: readonly string[], value: string): boolean {
  return values.some((other) => foldCase(other) === foldCase(value));
}
