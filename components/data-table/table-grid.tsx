"use client";

import type { RowData } from "@tanstack/react-table";
import { useId } from "react";
import type { ReactNode } from "react";
import type { GridTable } from "#components/data-table/features";
import { GridHead } from "#components/data-table/grid-head";
import { GridRow } from "#components/data-table/grid-row";
import type { TableSearch } from "#components/data-table/use-table-search";
import { cn } from "#components/ui/cn";

type TableGridProps<Row extends RowData> = {
  readonly table: GridTable<Row>;
  readonly caption: string;
  readonly search: TableSearch;
  readonly rowName: (row: Row) => string;
  readonly isSelectable: boolean;
  /** Rows that are gone from the list. */
  readonly goneIds: ReadonlySet<string>;
  /** Shown instead of rows. */
  readonly nothing: ReactNode;
};

/**
 * The rows as a table that scrolls sideways with a sticky first column, or as one card per row on a narrow screen. The
 * ARIA roles are explicit, because browsers drop the implicit ones when CSS does not lay the elements out as a table.
 */
export function TableGrid<Row extends RowData>({
  table,
  caption,
  search,
  rowName,
  isSelectable,
  goneIds,
  nothing,
}: TableGridProps<Row>) {
  const captionId = useId();
  const { rows } = table.getRowModel();
  return (
    <div
      role="region"
      aria-labelledby={captionId}
      aria-busy={search.isPending}
      // Focusable, so that it can be scrolled with the keyboard.
      tabIndex={0}
      className="relative overflow-x-auto rounded-lg border border-line bg-surface print:overflow-visible"
    >
      {search.isPending && (
        <div className="absolute inset-x-0 top-0 z-20 h-0.5 animate-pulse bg-accent" />
      )}
      {rows.length === 0 ? (
        <>
          <p id={captionId} className="sr-only">
            {caption}
          </p>
          {nothing}
        </>
      ) : (
        <table
          role="table"
          className={cn(
            "w-full border-separate border-spacing-0 text-start text-[0.8125rem] transition-opacity max-md:block",
            search.isPending && "opacity-60",
          )}
        >
          <caption id={captionId} className="sr-only">
            {caption}
          </caption>
          <GridHead table={table} search={search} isSelectable={isSelectable} />
          <tbody role="rowgroup" className="max-md:block">
            {rows.map((row) => (
              <GridRow
                key={row.id}
                row={row}
                name={rowName(row.original)}
                isSelectable={isSelectable}
                isGone={goneIds.has(row.id)}
              />
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
