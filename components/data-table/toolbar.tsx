"use client";

import { ArrowDownUp, Columns3, Search, X } from "#components/ui/icons";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { FacetFilter } from "#components/data-table/facet-filter";
import type { Facet } from "#components/data-table/facet-filter";
import type { TableSearch } from "#components/data-table/use-table-search";
import { Button, IconButton } from "#components/ui/button";
import {
  Menu,
  MenuCheckItem,
  MenuChoice,
  MenuLabel,
  MenuSeparator,
} from "#components/ui/dropdown-menu";
import { Input } from "#components/ui/input";

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
  /** Buttons of the page. */
  readonly children?: ReactNode;
};

export function Toolbar({ search, searchLabel, facets, filters, columns, children }: ToolbarProps) {
  const t = useTranslations("table");
  return (
    <div className="flex flex-wrap items-center gap-2">
      {search.isSearchable && <SearchBox search={search} label={searchLabel} />}
      {facets.map((facet) => (
        <FacetFilter key={facet.key} facet={facet} search={search} />
      ))}
      {filters}
      {search.isNarrowed && (
        <Button variant="ghost" onClick={search.clear}>
          {t("clearFilters")}
        </Button>
      )}
      <div className="ml-auto flex items-center gap-2">
        <SortMenu search={search} columns={columns} />
        <ColumnsMenu columns={columns} />
        {children}
      </div>
    </div>
  );
}

function SearchBox({ search, label }: { readonly search: TableSearch; readonly label: string }) {
  const t = useTranslations("table");
  return (
    <div role="search" className="relative w-64 max-md:w-full">
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-ink-faint"
      />
      <Input
        aria-label={label}
        placeholder={label}
        value={search.state.q}
        onChange={(event) => search.searchFor(event.target.value)}
        className="px-8"
      />
      {search.state.q !== "" && (
        <IconButton
          size="sm"
          label={t("clearSearch")}
          onClick={() => search.searchFor("")}
          className="absolute top-1/2 right-0.5 -translate-y-1/2"
        >
          <X aria-hidden />
        </IconButton>
      )}
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
      <Menu
        trigger={
          <Button>
            <ArrowDownUp aria-hidden />
            {t("sort")}
          </Button>
        }
      >
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
    <Menu
      trigger={
        <Button>
          <Columns3 aria-hidden />
          {t("columns")}
        </Button>
      }
    >
      <MenuLabel>{t("columns")}</MenuLabel>
      {hideable.map(({ id, label, isVisible, setIsVisible }) => (
        <MenuCheckItem key={id} isChecked={isVisible} onCheckedChange={setIsVisible}>
          {label}
        </MenuCheckItem>
      ))}
    </Menu>
  );
}
