import type { Field } from "#programs/cli/output/fields";
import { toShown } from "#programs/cli/output/fields";

const GAP = "  ";

type Column = { readonly name: string; readonly cells: readonly string[]; readonly width: number };

/** A heading, a ruled line, and one line for each item. Numbers are right-aligned. */
export function toTable<T>(items: readonly T[], fields: readonly Field<T>[]): string {
  const columns = toColumns(items, fields);
  const isNumeric = fields.map((field) =>
    items.every((item) => typeof field.of(item) === "number"),
  );
  const line = (cellOf: (column: Column) => string): string =>
    columns
      .map((column, index) => pad(cellOf(column), column.width, isNumeric[index] === true))
      .join(GAP)
      .trimEnd();
  const lines = [
    line(({ name }) => name),
    line(({ name }) => "-".repeat(name.length)),
    ...items.map((_, row) => line(({ cells }) => cells[row] ?? "")),
  ];
  return `${lines.join("\n")}\n`;
}

export function tableWidth<T>(items: readonly T[], fields: readonly Field<T>[]): number {
  const columns = toColumns(items, fields);
  return columns.reduce((sum, { width }) => sum + width + GAP.length, -GAP.length);
}

function toColumns<T>(items: readonly T[], fields: readonly Field<T>[]): readonly Column[] {
  return fields.map((field) => {
    const { name } = field;
    const cells = items.map((item) => toShown(field, item));
    return { name, cells, width: Math.max(...[name, ...cells].map(lengthOf)) };
  });
}

function pad(text: string, width: number, isNumeric: boolean): string {
  const filling = " ".repeat(Math.max(0, width - lengthOf(text)));
  return isNumeric ? filling + text : text + filling;
}

/** Counts characters, not UTF-16 code units: an emoji in a name would shift its line. */
function lengthOf(text: string): number {
  return Array.from(text).length;
}
