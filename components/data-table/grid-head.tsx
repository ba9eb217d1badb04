"use client";

import type { Header, RowData } from "@tanstack/react-table";
import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Features, GridTable } from "#components/data-table/features";
import type { TableSearch } from "#components/data-table/use-table-search";
import { Checkbox } from "#components/ui/checkbox";
import { cn } from "#components/ui/cn";

const HEAD_STYLE =
  "h-9 border-b border-line bg-surface px-2 text-xs 2xl:px-3 font-medium text-ink-muted";

type GridHeadProps<Row extends RowData> = {
  readonly table: GridTable<Row>;
  readonly search: TableSearch;
  readonly isSelectable: boolean;
};

/** The column headers. On a narrow screen, each label is beside its value instead. */
export function GridHead<Row extends RowData>({ table, search, isSelectable }: GridHeadProps<Row>) {
  return (
    <thead role="rowgroup" className="max-md:hidden">
      {table.getHeaderGroups().map((group) => (
        <tr key={group.id} role="row">
          {isSelectable && (
            <th
              role="columnheader"
              className={cn(HEAD_STYLE, "sticky start-0 z-10 w-10 min-w-10 ps-3 pe-0 print:hidden")}
            >
              <SelectPage table={table} />
            </th>
          )}
          {group.headers.map((header) => (
            <HeadCell
              key={header.id}
              header={header}
              search={search}
              isAfterSelection={isSelectable}
            >
              <table.FlexRender header={header} />
            </HeadCell>
          ))}
        </tr>
      ))}
    </thead>
  );
}

function SelectPage<Row extends RowData>({ table }: { readonly table: GridTable<Row> }) {
  const t = useTranslations("table");
  const { rows } = table.getRowModel();
  const chosen = rows.filter((row) => row.getIsSelected()).length;
  return (
    <Checkbox
      aria-label={t("selectPage")}
      checked={chosen === rows.length}
      isMixed={chosen > 0 && chosen < rows.length}
      onChange={(event) => {
        const isChosen = event.target.checked;
        table.setRowSelection((before) => {
          // The selection of rows on other pages does not change.
          const elsewhere = Object.keys(before).filter((id) => !rows.some((row) => row.id === id));
          const ids = isChosen ? [...elsewhere, ...rows.map(({ id }) => id)] : elsewhere;
          return Object.fromEntries(ids.map((id) => [id, true] as const));
        });
      }}
    />
  );
}

const DIRECTIONS = { asc: "ascending", desc: "descending" } as const;

type HeadCellProps<Row extends RowData> = {
  readonly header: Header<Features, Row>;
  readonly search: TableSearch;
  readonly isAfterSelection: boolean;
  readonly children: ReactNode;
};

function HeadCell<Row extends RowData>({
  header,
  search,
  isAfterSelection,
  children,
}: HeadCellProps<Row>) {
  const meta = header.column.columnDef.meta ?? {};
  const { sort, order } = search.state;
  const isSorted = sort === header.column.id;
  return (
    <th
      role="columnheader"
      scope="col"
      aria-sort={isSorted ? DIRECTIONS[order] : undefined}
      className={cn(
        HEAD_STYLE,
        meta.align === "end" && "text-end",
        meta.isRowHeader === true && ["sticky z-10", isAfterSelection ? "start-10" : "start-0"],
        meta.onNarrow === "corner" &&
          "sticky end-0 z-10 w-10 min-w-10 before:absolute before:inset-y-0 before:-start-4 before:w-4 before:bg-linear-to-r before:from-transparent before:to-surface rtl:before:bg-linear-to-l",
      )}
    >
      {meta.isSortable === true ? (
        <button
          type="button"
          onClick={() => search.sortBy(header.column.id)}
          className={cn(
            "group -mx-1.5 inline-flex min-h-6 items-center gap-1 rounded px-1.5 text-start hover:bg-sunken hover:text-ink",
            isSorted && "text-ink",
          )}
        >
          {children}
          <SortMark isSorted={isSorted} isAscending={order === "asc"} />
        </button>
      ) : (
        <span className={meta.onNarrow === "corner" ? "sr-only" : undefined}>{children}</span>
      )}
    </th>
  );
}

type SortMarkProps = { readonly isSorted: boolean; readonly isAscending: boolean };

function SortMark({ isSorted, isAscending }: SortMarkProps) {
  if (!isSorted) {
    return (
      <Icon
        name="chevrons-up-down"
        className="size-3.5 opacity-0 group-hover:opacity-60 group-focus-visible:opacity-60"
      />
    );
  }
  return isAscending ? (
    <Icon name="arrow-up" className="size-3.5" />
  ) : (
    <Icon name="arrow-down" className="size-3.5" />
  );
}
