import type { ColumnVisibilityState, RowData } from "@tanstack/react-table";
import type { GridTable } from "#components/data-table/features";
import { fitColumns } from "#components/data-table/fit-view";
import type { HistoryEntry, TableSearch } from "#components/data-table/use-table-search";
import type { SavedView } from "#access/saved-views/model";

export type ViewTarget = {
  /** The query of the URL now, without the page. */
  readonly currentQuery: () => string;
  /** The parameters of a query whose values the list does not know. */
  readonly unknownIn: (query: string) => readonly string[];
  readonly visibleColumns: readonly string[];
  /** Applies what fits, and returns what does not. */
  readonly apply: (
    view: Pick<SavedView, "query" | "columns">,
    history: HistoryEntry,
  ) => readonly string[];
};

type ViewedTable<Row extends RowData> = {
  readonly table: GridTable<Row>;
  readonly search: TableSearch;
  readonly show: (visibility: ColumnVisibilityState) => void;
};

/** How saved views read and change a table: its query is in the URL, its columns are in the browser. */
export function toViewTarget<Row extends RowData>({
  table,
  search,
  show,
}: ViewedTable<Row>): ViewTarget {
  const hideable = table
    .getAllLeafColumns()
    .filter((column) => column.getCanHide() && column.columnDef.meta?.isRowHeader !== true);
  return {
    currentQuery: search.currentQuery,
    unknownIn: search.unknownIn,
    visibleColumns: hideable.filter((column) => column.getIsVisible()).map(({ id }) => id),
    apply: ({ query, columns }, history) => {
      const misfits = search.setQuery(query, history);
      if (columns === null) {
        return misfits;
      }
      const fitted = fitColumns(
        columns,
        hideable.map(({ id }) => id),
      );
      show(fitted.visibility);
      return [...misfits, ...fitted.misfits];
    },
  };
}
