import { toCsvLine } from "#foundation/core/csv";
import type { ExportFormat } from "#phones/check-log/export-lines";
import type { ExportColumn, ExportValue } from "#phones/exports/model";

/** The texts of an export: its beginning, each row, and its end. */
export type ExportText<Row> = {
  readonly begin: string;
  /** `index` counts the rows of the whole export from 0. */
  readonly row: (row: Row, index: number) => string;
  readonly end: string;
};

/** How rows are written: CSV that no spreadsheet runs, or a JSON array with a row on each line. */
export function toExportText<Row>(
  columns: readonly ExportColumn<Row>[],
  format: ExportFormat,
): ExportText<Row> {
  return format === "csv"
    ? {
        begin: toCsvLine(columns.map(({ key, title = key }) => title)),
        row: (row) => toCsvLine(columns.map(({ of }) => toCell(of(row)))),
        end: "",
      }
    : {
        begin: "[",
        row: (row, index) => {
          const record = Object.fromEntries(columns.map(({ key, of }) => [key, of(row)]));
          return `${index === 0 ? "\n" : ",\n"}${JSON.stringify(record)}`;
        },
        end: "\n]\n",
      };
}

function toCell(value: ExportValue): string | number {
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

/** `Array.isArray` does not narrow to a read-only array. */
function isList(value: object): value is readonly string[] {
  return Array.isArray(value);
}
