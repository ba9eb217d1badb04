import { Option } from "commander";
import type { Command } from "commander";
import { z } from "zod";
import { toCsvLine } from "#foundation/core/csv";
import { jsonKey, isList, toShown } from "#programs/cli/output/fields";
import type { Field, FieldValue } from "#programs/cli/output/fields";
import { tableWidth, toTable } from "#programs/cli/output/table";
import type { Terminal } from "#programs/cli/terminal";

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

/** Formats a JSON array, also for one item, so that scripts need not handle two shapes. */
function toJson<T>(items: readonly T[], fields: readonly Field<T>[]): string {
  return formatJson(items.map((item) => toJsonObject(item, fields)));
}

export function toJsonObject<T>(
  item: T,
  fields: readonly Field<T>[],
): Readonly<Record<string, FieldValue>> {
  return Object.fromEntries(fields.map(({ name, of }) => [jsonKey(name), of(item)]));
}

export function formatJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** One `Name : value` per line and a blank line between items, as PowerShell's Format-List prints. */
function toDetailView<T>(items: readonly T[], fields: readonly Field<T>[]): string {
  const width = Math.max(...fields.map(({ name }) => name.length));
  const blocks = items.map((item) =>
    fields
      .map((field) => `${field.name.padEnd(width)} : ${toShown(field, item)}`.trimEnd())
      .join("\n"),
  );
  return `${blocks.join("\n\n")}\n`;
}

/** The formats that have an option. Without one, a table is printed. */
const FORMATS = ["json", "csv", "list"] as const;
type Format = (typeof FORMATS)[number] | "table";
type FormatOptions = Readonly<Record<(typeof FORMATS)[number], boolean>>;

const flag = z.boolean().default(false);

/** The options that choose the output format of a list. */
export const formatOptions = { json: flag, csv: flag, list: flag };

export function addFormatOptions(command: Command): Command {
  return command
    .addOption(new Option("--json", "print JSON").conflicts(["csv", "list"]))
    .addOption(new Option("--csv", "print CSV, safe to open in a spreadsheet").conflicts("list"))
    .addOption(new Option("--list", "print every property on a line of its own"));
}

/** Prints a list. For an empty one, a note goes to standard error, so that a script does not read it as an item. */
export function printItems<T>(
  terminal: Pick<Terminal, "write" | "tell" | "columns">,
  items: readonly T[],
  { fields, options }: { readonly fields: readonly Field<T>[]; readonly options: FormatOptions },
): void {
  const format = FORMATS.find((name) => options[name]) ?? "table";
  if (items.length === 0 && (format === "table" || format === "list")) {
    terminal.tell("Nothing found.\n");
    return;
  }
  terminal.write(renderItems(items, { fields, format, width: terminal.columns }));
}

type Rendering<T> = {
  readonly fields: readonly Field<T>[];
  readonly format: Format;
  /** The width of the terminal in characters. Null means unlimited. */
  readonly width: number | null;
};

/** Renders the detail view instead of a table that is wider than the terminal. Nothing is cut off: identities are copied from here. */
export function renderItems<T>(
  items: readonly T[],
  { fields, format, width }: Rendering<T>,
): string {
  switch (format) {
    case "json":
      return toJson(items, fields);
    case "csv":
      return toCsv(items, fields);
    case "list":
      return toDetailView(items, fields);
    case "table": {
      const columns = fields.filter(({ isColumn }) => isColumn);
      return width === null || tableWidth(items, columns) <= width
        ? toTable(items, columns)
        : toDetailView(items, fields);
    }
  }
}
