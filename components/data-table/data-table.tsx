"use client";

import { useTable } from "@tanstack/react-table";
import type { RowData } from "@tanstack/react-table";
import type { ReactNode } from "react";
import type { Facet } from "#components/data-table/facet-filter";
import { features } from "#components/data-table/features";
import type { Columns, GridTable } from "#components/data-table/features";
import { toViewTarget } from "#components/data-table/view-target";
import { ViewsMenu } from "#components/data-table/views-menu";
import { NoMatch } from "#components/data-table/no-match";
import { SelectionBar } from "#components/data-table/selection-bar";
import { TableFooter } from "#components/data-table/table-footer";
import { TableGrid } from "#components/data-table/table-grid";
import { Toolbar } from "#components/data-table/toolbar";
import type { ToolbarColumn } from "#components/data-table/toolbar";
import { useColumnVisibility } from "#components/data-table/use-column-visibility";
import { NewerRows } from "#components/data-table/newer-rows";
import type { MissingRows } from "#components/data-table/steady-rows";
import { useSteadyRows } from "#components/data-table/use-steady-rows";
import { useSelection } from "#components/data-table/use-selection";
import type { Selection } from "#components/data-table/use-selection";
import type { TableSearch } from "#components/data-table/use-table-search";

type DataTableProps<Row extends RowData> = {
  /** The key under which the browser stores the visible columns. */
  readonly name: string;
  /** What the table lists. Only for screen readers. */
  readonly caption: string;
  readonly columns: Columns<Row>;
  /** The rows of this page. Like `columns`, the array must be the same object until its content changes. */
  readonly rows: readonly Row[];
  /** The number of rows on all pages. */
  readonly total: number;
  /** The page that is shown. For a page number beyond the end, this is the last page. */
  readonly page: number;
  readonly pageSize?: number;
  readonly pageSizes?: readonly number[];
  readonly rowId: (row: Row) => string;
  /** The name of a row, for its checkbox: "Select CX600". */
  readonly rowName: (row: Row) => string;
  readonly search: TableSearch;
  readonly searchLabel?: string;
  readonly facets?: readonly Facet[];
  /** Filters that are not a choice of values, shown after the facets. */
  readonly filters?: ReactNode;
  /** The path that answers with the whole list as CSV or JSON; it may have a query. Without it, there is no export. */
  readonly exportPath?: string;
  /** Buttons of the page, at the end of the toolbar. */
  readonly toolbar?: ReactNode;
  /** Shown when the list is empty. When no row matches the filters, the table shows its own message. */
  readonly empty: ReactNode;
  /** Buttons for the selected rows. Without it, rows cannot be selected. */
  readonly bulkActions?: (selection: Selection<Row>) => ReactNode;
  /** Offers "select all 1,234 matching". `bulkActions` must then support both kinds of selection. */
  readonly canSelectMatching?: boolean;
  /** When the rows were loaded: for a list that changes all the time. It then says so, with a way to load it again. */
  readonly loadedAt?: Date;
  /** What it means that newer data lacks a row of this page. `gone` unless newer rows constantly push older ones on. */
  readonly missingRows?: MissingRows;
};

/**
 * The table of all list pages; it knows no domain. A page describes its search state once, reads it on the server, and
 * passes the rows of one page. The table shows them and writes searches, filters, sorting and paging to the URL.
 *
 * ```tsx
 * const column = columnsOf<Rule>();
 *
 * export function RulesTable({ rules, total, page }: RulesTableProps) {
 *   const t = useTranslations("updates");
 *   const search = useTableSearch(ruleSearchParams);
 *   const columns = useMemo(
 *     () => column.columns([
 *       column.accessor("model", { header: t("model"), meta: { isRowHeader: true, isSortable: true } }),
 *       column.accessor("brand", { header: t("brand"), meta: { isSortable: true } }),
 *       column.display({ id: "menu", header: t("menu"), meta: { onNarrow: "corner" }, enableHiding: false,
 *         cell: ({ row }) => <RuleMenu rule={row.original} /> }),
 *     ]),
 *     [t],
 *   );
 *   return (
 *     <DataTable name="rules" caption={t("caption")} columns={columns} rows={rules} total={total} page={page}
 *       rowId={({ id }) => id} rowName={({ model }) => model} search={search}
 *       searchLabel={t("search")} facets={[{ key: "brand", label: t("brand"), options }]}
 *       empty={<EmptyState title={t("empty")} />}
 *       bulkActions={(selection) => <ReviewButtons selection={selection} />} />
 *   );
 * }
 * ```
 */
export function DataTable<Row extends RowData>({
  name,
  caption,
  columns,
  rows,
  total,
  page,
  pageSize,
  pageSizes = [],
  rowId,
  rowName,
  search,
  searchLabel = "",
  facets = [],
  filters,
  exportPath,
  toolbar,
  empty,
  bulkActions,
  canSelectMatching = false,
  loadedAt,
  missingRows,
}: DataTableProps<Row>) {
  const steady = useSteadyRows({ rows, rowId, missingRows, stateKey: search.stateKey });
  const { selection, rowSelection, onRowSelectionChange, selectMatching } = useSelection({
    membershipKey: search.membershipKey,
    rows: steady.rows,
    rowId,
    total,
  });
  const { columnVisibility, onColumnVisibilityChange } = useColumnVisibility(
    name,
    hiddenAtFirst(columns),
  );
  const table = useTable({
    features,
    columns,
    data: steady.rows,
    getRowId: rowId,
    state: { rowSelection, columnVisibility },
    onRowSelectionChange,
    onColumnVisibilityChange,
  });
  const isNothingThere = total === 0 && !search.isNarrowed;

  return (
    <div className="min-w-0 space-y-3">
      <Toolbar
        search={search}
        searchLabel={searchLabel}
        facets={facets}
        filters={filters}
        views={
          <ViewsMenu
            list={name}
            target={toViewTarget({ table, search, show: onColumnVisibilityChange })}
          />
        }
        exportPath={exportPath}
        columns={toToolbarColumns(table)}
      >
        {toolbar}
      </Toolbar>
      <NewerRows
        newCount={steady.newCount}
        isOutdated={steady.isOutdated}
        onShow={steady.showNewest}
      />
      <TableGrid
        table={table}
        goneIds={steady.goneIds}
        caption={caption}
        search={search}
        rowName={rowName}
        isSelectable={bulkActions !== undefined}
        nothing={isNothingThere ? empty : <NoMatch onClear={search.clear} />}
      />
      {total > 0 && (
        <TableFooter
          search={search}
          page={page}
          pageSize={pageSize}
          pageSizes={pageSizes}
          total={total}
          loadedAt={loadedAt}
        />
      )}
      {bulkActions !== undefined && (
        <SelectionBar
          selection={selection}
          total={canSelectMatching ? total : null}
          onSelectMatching={selectMatching}
        >
          {bulkActions(selection)}
        </SelectionBar>
      )}
    </div>
  );
}

function toToolbarColumns<Row extends RowData>(table: GridTable<Row>): readonly ToolbarColumn[] {
  return table.getAllLeafColumns().map((column) => ({
    id: column.id,
    label: typeof column.columnDef.header === "string" ? column.columnDef.header : column.id,
    isSortable: column.columnDef.meta?.isSortable === true,
    isVisible: column.getIsVisible(),
    canHide: column.getCanHide() && column.columnDef.meta?.isRowHeader !== true,
    setIsVisible: (isVisible) => column.toggleVisibility(isVisible),
  }));
}

function hiddenAtFirst<Row extends RowData>(columns: Columns<Row>): Record<string, boolean> {
  return Object.fromEntries(
    columns
      .filter(({ meta }) => meta?.isHiddenAtFirst === true)
      .flatMap((column) => {
        const id = column.id ?? ("accessorKey" in column ? String(column.accessorKey) : undefined);
        return id === undefined ? [] : [[id, false] as const];
      }),
  );
}
