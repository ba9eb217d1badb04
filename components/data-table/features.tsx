import {
  columnVisibilityFeature,
  createColumnHelper,
  metaHelper,
  rowSelectionFeature,
  tableFeatures,
} from "@tanstack/react-table";
import type { ColumnHelper, ReactTable, RowData, TableOptions } from "@tanstack/react-table";

/** What a column tells the table about itself beside its value. */
export type ColumnMeta = {
  /** The database can sort by it. Its id is then a value of the descriptor's `sort`. */
  readonly isSortable?: boolean;
  /** Names the row. One per table, and the first: it stays in sight and heads the card on a narrow screen. */
  readonly isRowHeader?: boolean;
  /** Numbers are compared from the right. */
  readonly align?: "end";
  /** On a narrow screen: not at all, or in the corner of the card (for a row's menu). */
  readonly onNarrow?: "hidden" | "corner";
  /** Hidden until somebody asks for it. */
  readonly isHiddenAtFirst?: boolean;
};

// Sorting, filtering and paging are the database's work, so their features are left out altogether.
export const features = tableFeatures({
  columnVisibilityFeature,
  rowSelectionFeature,
  columnMeta: metaHelper<ColumnMeta>(),
});

export type Features = typeof features;

/** The table as its parts are given it. */
export type GridTable<Row extends RowData> = ReactTable<Features, Row>;

export type Columns<Row extends RowData> = TableOptions<Features, Row>["columns"];

/** The helper with which a page describes its columns. A column's `header` is its label, and is a string. */
export function columnsOf<Row extends RowData>(): ColumnHelper<Features, Row> {
  return createColumnHelper<Features, Row>();
}
