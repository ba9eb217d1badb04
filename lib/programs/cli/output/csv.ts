import { toCsvLine } from "#foundation/core/csv";
import type { Field, FieldValue } from "#programs/cli/output/fields";
import { isList } from "#programs/cli/output/fields";

/** CSV as in RFC 4180. The first line has the property names; formulas are escaped for spreadsheets. */
export function toCsv<T>(items: readonly T[], fields: readonly Field<T>[]): string {
  const lines = [
    fields.map(({ name }) => name),
    ...items.map((item) => fields.map(({ of }) => plain(of(item)))),
  ];
  return lines.map(toCsvLine).join("");
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
