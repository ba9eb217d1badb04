import type { Command } from "commander";
import { Option } from "commander";
import { z } from "zod";
import type { Terminal } from "#programs/cli/terminal";
import { toCsv } from "#programs/cli/output/csv";
import type { Field } from "#programs/cli/output/fields";
import { toJson } from "#programs/cli/output/json";
import { toDetailView } from "#programs/cli/output/detail-view";
import { tableWidth, toTable } from "#programs/cli/output/table";

export const FORMATS = ["table", "list", "json", "csv"] as const;
export type Format = (typeof FORMATS)[number];

const flag = z.boolean().default(false);

/** The options that choose the output format of a list. */
export const formatOptions = { json: flag, csv: flag, list: flag };
export type FormatOptions = {
  readonly json: boolean;
  readonly csv: boolean;
  readonly list: boolean;
};

export function addFormatOptions(command: Command): Command {
  return command
    .addOption(new Option("--json", "print JSON").conflicts(["csv", "list"]))
    .addOption(new Option("--csv", "print CSV, safe to open in a spreadsheet").conflicts("list"))
    .addOption(new Option("--list", "print every property on a line of its own"));
}

/** Returns JSON, CSV or the detail view if its option is given, else the table. */
export function chosenFormat({ json, csv, list }: FormatOptions): Format {
  if (json) {
    return "json";
  }
  return csv ? "csv" : list ? "list" : "table";
}

/** Prints a list. For an empty one, a note goes to standard error, so that a script does not read it as an item. */
export function printItems<T>(
  terminal: Pick<Terminal, "write" | "tell" | "columns">,
  items: readonly T[],
  { fields, format }: { readonly fields: readonly Field<T>[]; readonly format: Format },
): void {
  if (items.length === 0 && (format === "table" || format === "list")) {
    terminal.tell("Nothing found.\n");
    return;
  }
  terminal.write(renderItems(items, { fields, format, width: terminal.columns }));
}

export type Rendering<T> = {
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
