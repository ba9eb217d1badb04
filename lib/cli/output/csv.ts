import type { Field, FieldValue } from "#lib/cli/output/fields";
import { isList } from "#lib/cli/output/fields";

/** Spreadsheets take a cell that begins like this for a formula and run it. */
const FORMULA = /^[\s]*[=+\-@\t\r]/;
const NEEDS_QUOTES = /[",\r\n]/;

/** RFC 4180, with names of properties in the first line and formulas made harmless. */
export function toCsv<T>(items: readonly T[], fields: readonly Field<T>[]): string {
  const lines = [
    fields.map(({ name }) => toCell(name)),
    ...items.map((item) => fields.map(({ of }) => toCell(plain(of(item))))),
  ];
  return lines.map((cells) => `${cells.join(",")}\r\n`).join("");
}

function plain(value: FieldValue): string | number {
  if (value === null) {
    return "";
  }
  if (value instanceof Date) {
    return value.toISOString();
  }
  if (typeof value === "object") {
    return isList(value) ? value.join(" ") : JSON.stringify(value);
  }
  return typeof value === "boolean" ? String(value) : value;
}

function toCell(value: string | number): string {
  // A negative number begins like a formula and is none.
  const text = typeof value === "string" && FORMULA.test(value) ? `'${value}` : String(value);
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
