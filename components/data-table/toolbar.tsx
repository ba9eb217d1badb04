"use client";

import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ExportMenu } from "#components/data-table/export-menu";
import { FacetFilter } from "#components/data-table/facet-filter";
import type { Facet } from "#components/data-table/facet-filter";
import { SearchBox } from "#components/data-table/search-box";
import type { TableSearch } from "#components/data-table/use-table-search";
import { ToolbarButton } from "#components/data-table/toolbar-button";
import { Button } from "#components/ui/button";
import {
  Menu,
  MenuCheckItem,
  MenuChoice,
  MenuLabel,
  MenuSeparator,
} from "#components/ui/dropdown-menu";

export type ToolbarColumn = {
  readonly id: string;
  readonly label: string;
  readonly isSortable: boolean;
  readonly isVisible: boolean;
  readonly canHide: boolean;
  readonly setIsVisible: (isVisible: boolean) => void;
};

type ToolbarProps = {
  readonly search: TableSearch;
  readonly searchLabel: string;
  readonly facets: readonly Facet[];
  readonly filters?: ReactNode;
  readonly columns: readonly ToolbarColumn[];
  readonly views: ReactNode;
  /** See `DataTable`. */
  readonly exportPath: string | undefined;
  /** Buttons of the page. */
  readonly children?: ReactNode;
};

export function Toolbar({
  search,
  searchLabel,
  facets,
  filters,
  columns,
  views,
  exportPath,
  children,
}: ToolbarProps) {
  const t = useTranslations("table");
  return (
    <div className="flex flex-wrap items-center gap-2 print:hidden">
      {search.isSearchable && <SearchBox search={search} label={searchLabel} />}
      {/*
        On a narrow screen, one line that scrolls sideways, below the search and the menus. It is positioned, so that a hidden
        label inside scrolls with it and does not widen the page.
      */}
      <div className="relative flex items-center gap-2 empty:hidden max-md:order-last max-md:-mx-4 max-md:w-[calc(100%+2rem)] max-md:overflow-x-auto max-md:px-4 max-md:py-0.5 md:contents">
        {facets.map((facet) => (
          <FacetFilter key={facet.key} facet={facet} search={search} />
        ))}
        {filters}
        {search.isNarrowed && (
          <Button variant="ghost" onClick={search.clear}>
            {t("clearFilters")}
          </Button>
        )}
      </div>
      <div className="ms-auto flex flex-wrap items-center justify-end gap-2 max-md:gap-1">
        <SortMenu search={search} columns={columns} />
        <ColumnsMenu columns={columns} />
        {views}
        {exportPath !== undefined && <ExportMenu path={exportPath} search={search} />}
        {children}
      </div>
    </div>
  );
}

type MenuProps = { readonly columns: readonly ToolbarColumn[] };

/** For narrow screens, which have no headers to click. */
function SortMenu({ search, columns }: MenuProps & { readonly search: TableSearch }) {
  const t = useTranslations("table");
  const { sort, order } = search.state;
  const sortable = columns.filter(({ isSortable }) => isSortable);
  if (sortable.length === 0) {
    return null;
  }
  return (
    <div className="md:hidden">
      <Menu trigger={<ToolbarButton icon={<Icon name="arrow-down-up" />} label={t("sort")} />}>
        <MenuChoice
          label={t("sort")}
          value={sort}
          options={sortable.map(({ id, label }) => ({ value: id, label }))}
          onChange={(column) => search.sortBy(column, order)}
        />
        <MenuSeparator />
        <MenuChoice
          label={t("order")}
          value={order}
          options={[
            { value: "asc", label: t("sortAscending") },
            { value: "desc", label: t("sortDescending") },
          ]}
          onChange={(next) => search.sortBy(sort, next)}
        />
      </Menu>
    </div>
  );
}

function ColumnsMenu({ columns }: MenuProps) {
  const t = useTranslations("table");
  const hideable = columns.filter(({ canHide }) => canHide);
  if (hideable.length === 0) {
    return null;
  }
  return (
    <Menu trigger={<ToolbarButton icon={<Icon name="columns-3" />} label={t("columns")} />}>
      <MenuLabel>{t("columns")}</MenuLabel>
      {hideable.map(({ id, label, isVisible, setIsVisible }) => (
        <MenuCheckItem key={id} isChecked={isVisible} onCheckedChange={setIsVisible}>
          {label}
        </MenuCheckItem>
      ))}
    </Menu>
  );
}
