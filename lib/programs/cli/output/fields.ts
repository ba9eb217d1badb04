type Scalar = string | number | boolean | null;
/** Values by name, such as the facts of an audit entry. */
export type NamedValues = Readonly<Record<string, Scalar | readonly string[]>>;
export type FieldValue = Scalar | Date | readonly string[] | NamedValues;

/** One property of a listed item. Table, detail view, CSV and JSON are all rendered from a list of these. */
export type Field<T> = {
  /** The original's property name. JSON writes its first letter in lower case. */
  readonly name: string;
  readonly of: (item: T) => FieldValue;
  /** Whether the table shows it. */
  readonly isColumn: boolean;
  /** What people read in place of null; scripts read null. */
  readonly ifNull: string;
};

export function column<T>(name: string, of: (item: T) => FieldValue, ifNull = ""): Field<T> {
  return { name, of, isColumn: true, ifNull };
}

/** A property that the table does not show; the detail view, CSV and JSON do. */
export function detail<T>(name: string, of: (item: T) => FieldValue): Field<T> {
  return { name, of, isColumn: false, ifNull: "" };
}

export function jsonKey(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** Formats the property of an item for people, on one line. */
export function toShown<T>({ of, ifNull }: Field<T>, item: T): string {
  const value = of(item);
  return value === null ? ifNull : toText(value);
}

function toText(value: FieldValue): string {
  if (value === null) {
    return "";
  }
  if (value instanceof Date) {
    return value.toISOString().replace(/\.\d{3}Z$/, "Z");
  }
  if (typeof value === "object") {
    return replaceControls(isList(value) ? `{${value.join(", ")}}` : namedText(value));
  }
  if (typeof value === "boolean") {
    return value ? "True" : "False";
  }
  return replaceControls(String(value));
}

/** Replaces control characters, because text from packages and phones must not control the terminal. */
export function replaceControls(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu, "\u{fffd}");
}

/** `Array.isArray` does not narrow to a read-only array. */
export function isList(value: readonly string[] | NamedValues): value is readonly string[] {
  return Array.isArray(value);
}

function namedText(values: NamedValues): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${toText(value)}`)
    .join(", ");
}
