import {
  columnVisibilityFeature,
  createColumnHelper,
  metaHelper,
  rowSelectionFeature,
  tableFeatures,
} from "@tanstack/react-table";
import type { ColumnHelper, ReactTable, RowData, TableOptions } from "@tanstack/react-table";

/** The properties of a column besides its value. */
export type ColumnMeta = {
  /** The database can sort by this column. Its id must be a value of the descriptor's `sort`. */
  readonly isSortable?: boolean;
  /** The column that names the row. It must be the first: it stays visible while scrolling, and is the title of the card on a narrow screen. */
  readonly isRowHeader?: boolean;
  /** For numbers, which are right-aligned. */
  readonly align?: "end";
  /** On a narrow screen, the column is hidden or shown in the corner of the card (for a row's menu). */
  readonly onNarrow?: "hidden" | "corner";
  /** Hidden until the user shows it. */
  readonly isHiddenAtFirst?: boolean;
};

// Without the features for sorting, filtering and paging, because the database does these.
export const features = tableFeatures({
  columnVisibilityFeature,
  rowSelectionFeature,
  columnMeta: metaHelper<ColumnMeta>(),
});

export type Features = typeof features;

/** The type of the table that its parts receive. */
export type GridTable<Row extends RowData> = ReactTable<Features, Row>;

export type Columns<Row extends RowData> = TableOptions<Features, Row>["columns"];

/** The helper for column definitions. A column's `header` must be a string, because it is used as a label. */
export function columnsOf<Row extends RowData>(): ColumnHelper<Features, Row> {
  return createColumnHelper<Features, Row>();
}
