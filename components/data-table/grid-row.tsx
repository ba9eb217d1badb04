"use client";

import type { Cell, Row as TableRow, RowData } from "@tanstack/react-table";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Features, GridTable } from "#components/data-table/features";
import { Checkbox } from "#components/ui/checkbox";
import { cn } from "#components/ui/cn";

type GridRowProps<Row extends RowData> = {
  readonly table: GridTable<Row>;
  readonly row: TableRow<Features, Row>;
  readonly name: string;
  readonly isSelectable: boolean;
};

export function GridRow<Row extends RowData>({
  table,
  row,
  name,
  isSelectable,
}: GridRowProps<Row>) {
  const t = useTranslations("table");
  const isSelected = row.getIsSelected();
  return (
    <tr
      role="row"
      data-selected={isSelected || undefined}
      className={cn(
        // Sticky cells cover others while scrolling, so they need the row's background.
        "group/row bg-(--row) [--row:var(--surface)] hover:[--row:var(--sunken)] data-selected:[--row:var(--selected)]",
        "max-md:relative max-md:block max-md:border-b max-md:border-line max-md:px-4 max-md:py-3 max-md:last:border-b-0",
      )}
    >
      {isSelectable && (
        <td
          role="cell"
          className="sticky left-0 z-10 w-10 min-w-10 border-b border-line bg-(--row) px-3 pr-0 align-middle group-last/row:border-b-0 max-md:absolute max-md:top-3.5 max-md:left-4 max-md:w-4 max-md:min-w-4 max-md:border-0 max-md:p-0"
        >
          <Checkbox
            aria-label={t("selectRow", { row: name })}
            checked={isSelected}
            // The table's handler selects a range when Shift is held.
            onChange={row.getToggleSelectedHandler()}
            className="block"
          />
        </td>
      )}
      {row.getVisibleCells().map((cell) => (
        <GridCell key={cell.id} cell={cell} isAfterSelection={isSelectable}>
          <table.FlexRender cell={cell} />
        </GridCell>
      ))}
    </tr>
  );
}

const CELL_STYLE =
  "h-10 border-b border-line px-3 py-1.5 align-middle tabular-nums group-last/row:border-b-0 max-md:border-0 max-md:px-0 max-md:py-0.5 max-md:h-auto";

type GridCellProps<Row extends RowData> = {
  readonly cell: Cell<Features, Row>;
  readonly isAfterSelection: boolean;
  readonly children: ReactNode;
};

function GridCell<Row extends RowData>({ cell, isAfterSelection, children }: GridCellProps<Row>) {
  const { header, meta = {} } = cell.column.columnDef;
  if (meta.isRowHeader === true) {
    return (
      <th
        role="rowheader"
        scope="row"
        className={cn(
          CELL_STYLE,
          "sticky z-10 bg-(--row) text-left font-medium max-md:static max-md:block max-md:pr-10 max-md:pb-1.5 max-md:text-sm",
          isAfterSelection ? "left-10 max-md:pl-7" : "left-0",
        )}
      >
        {children}
      </th>
    );
  }
  if (meta.onNarrow === "corner") {
    return (
      <td
        role="cell"
        className={cn(
          CELL_STYLE,
          "sticky right-0 z-10 w-10 min-w-10 bg-(--row) text-right before:absolute before:inset-y-0 before:-left-4 before:w-4 before:bg-linear-to-r before:from-transparent before:to-(--row) max-md:absolute max-md:top-1.5 max-md:right-2 max-md:before:hidden",
        )}
      >
        {children}
      </td>
    );
  }
  return (
    <td
      role="cell"
      className={cn(
        CELL_STYLE,
        "max-md:flex max-md:items-baseline max-md:justify-between max-md:gap-4",
        meta.align === "end" && "text-right",
        meta.onNarrow === "hidden" && "max-md:hidden",
      )}
    >
      <span className="shrink-0 text-xs text-ink-muted md:hidden">
        {typeof header === "string" ? header : cell.column.id}
      </span>
      <span className="min-w-0 max-md:text-right">{children}</span>
    </td>
  );
}
