"use client";

import type { Cell, Row as TableRow, RowData } from "@tanstack/react-table";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Features } from "#components/data-table/features";
import { Checkbox } from "#components/ui/checkbox";
import { cn } from "#components/ui/cn";

type GridRowProps<Row extends RowData> = {
  readonly row: TableRow<Features, Row>;
  readonly name: string;
  readonly isSelectable: boolean;
  /** Whether the row is gone from the list. */
  readonly isGone: boolean;
};

export function GridRow<Row extends RowData>({
  row,
  name,
  isSelectable,
  isGone,
}: GridRowProps<Row>) {
  const t = useTranslations("table");
  const isSelected = row.getIsSelected();
  return (
    <tr
      role="row"
      data-selected={isSelected || undefined}
      title={isGone ? t("rowLeft") : undefined}
      className={cn("group/row grid-row", isGone && "grid-row-gone")}
    >
      {isSelectable && (
        <td role="cell" className="grid-cell-selection">
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
          <CellContent cell={cell} />
        </GridCell>
      ))}
    </tr>
  );
}

type CellContentProps<Row extends RowData> = { readonly cell: Cell<Features, Row> };

/**
 * Calls the column's function. It must not be used as a component, as TanStack's `FlexRender` does: columns are made anew
 * when the page's data is loaded again, and React would replace a component of a new identity with its state, such as an
 * open menu or the focus.
 */
function CellContent<Row extends RowData>({ cell }: CellContentProps<Row>) {
  const content = cell.column.columnDef.cell;
  return <>{typeof content === "function" ? content(cell.getContext()) : content}</>;
}

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
          "grid-cell grid-cell-head",
          isAfterSelection ? "start-10 max-md:ps-7" : "start-0",
        )}
      >
        {children}
      </th>
    );
  }
  if (meta.onNarrow === "corner") {
    return (
      <td role="cell" className="grid-cell grid-cell-corner">
        {children}
      </td>
    );
  }
  return (
    <td
      role="cell"
      className={cn(
        "grid-cell grid-cell-value",
        meta.align === "end" && "text-end",
        meta.onNarrow === "hidden" && "max-md:hidden",
      )}
    >
      <span className="grid-cell-label">
        {typeof header === "string" ? header : cell.column.id}
      </span>
      <span className="grid-cell-text">{children}</span>
    </td>
  );
}
