export type FittedQuery = {
  /** The values by key, for those keys that the list has. */
  readonly values: Readonly<Record<string, unknown>>;
  /** The parameters, as `key=value`, that the list does not have or does not understand any more. */
  readonly misfits: readonly string[];
};

/**
 * Reads the query of a stored view with the list's own parsers, which return null for what they do not understand. What
 * still fits is used, and the rest is named.
 */
export function fitQuery(
  query: string,
  parse: (key: string, text: string) => unknown,
): FittedQuery {
  const values: Record<string, unknown> = {};
  const misfits: string[] = [];
  for (const [key, text] of new URLSearchParams(query)) {
    const parsed = key === "page" ? null : parse(key, text);
    if (parsed === null || (Array.isArray(parsed) && parsed.length === 0)) {
      misfits.push(`${key}=${text}`);
    } else {
      values[key] = parsed;
      misfits.push(...droppedValues(key, text, parsed));
    }
  }
  return { values, misfits };
}

/** The parameters of an address, as `key=value`, that the list has but does not understand. Others are not the list's. */
export function unknownValues(
  query: string,
  keys: readonly string[],
  parse: (key: string, text: string) => unknown,
): readonly string[] {
  const own = [...new URLSearchParams(query)].filter(
    ([key, text]) => key !== "page" && text !== "" && keys.includes(key),
  );
  return fitQuery(new URLSearchParams(own).toString(), parse).misfits;
}

/** A list of fixed values is read without those that it no longer has. */
function droppedValues(key: string, text: string, parsed: unknown): readonly string[] {
  if (!Array.isArray(parsed)) {
    return [];
  }
  const kept: readonly unknown[] = parsed;
  return text
    .split(",")
    .map((part) => part.replaceAll("%2C", ","))
    .filter((value) => !kept.includes(value))
    .map((value) => `${key}=${value}`);
}

/** The columns of a stored view that the table has, as a visibility for each, and those that it no longer has. */
export function fitColumns(
  stored: readonly string[],
  hideable: readonly string[],
): {
  readonly visibility: Readonly<Record<string, boolean>>;
  readonly misfits: readonly string[];
} {
  return {
    visibility: Object.fromEntries(hideable.map((id) => [id, stored.includes(id)])),
    misfits: stored.filter((id) => !hideable.includes(id)),
  };
}
