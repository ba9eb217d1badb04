type Scalar = string | number | boolean | null;
/** Facts by their names, as an audit entry has them. */
export type NamedValues = Readonly<Record<string, Scalar | readonly string[]>>;
export type FieldValue = Scalar | Date | readonly string[] | NamedValues;

/** One property of a kind of thing. Table, detail view, CSV and JSON are all made from a list of these. */
export type Field<T> = {
  /** As the original's property is called; JSON writes it with a small first letter. */
  readonly name: string;
  readonly of: (item: T) => FieldValue;
  /** Whether it is important enough for a table. */
  readonly isColumn: boolean;
};

export function column<T>(name: string, of: (item: T) => FieldValue): Field<T> {
  return { name, of, isColumn: true };
}

/** A property that only the detail view, CSV and JSON show. */
export function detail<T>(name: string, of: (item: T) => FieldValue): Field<T> {
  return { name, of, isColumn: false };
}

export function jsonKey(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** A value as a person reads it, in one line. */
export function toText(value: FieldValue): string {
  if (value === null) {
    return "";
  }
  if (value instanceof Date) {
    return value.toISOString().replace(/\.\d{3}Z$/, "Z");
  }
  if (typeof value === "object") {
    return harmless(isList(value) ? `{${value.join(", ")}}` : namedText(value));
  }
  if (typeof value === "boolean") {
    return value ? "True" : "False";
  }
  return harmless(String(value));
}

/** Text that comes from packages and phones must not steer the terminal it is printed on. */
export function harmless(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu, "\u{fffd}");
}

/** `Array.isArray` does not narrow to a list that is read-only. */
export function isList(value: readonly string[] | NamedValues): value is readonly string[] {
  return Array.isArray(value);
}

function namedText(values: NamedValues): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${toText(value)}`)
    .join(", ");
}
