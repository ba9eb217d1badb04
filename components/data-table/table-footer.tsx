"use client";

import { useTranslations } from "next-intl";
import { LoadedAt } from "#components/data-table/loaded-at";
import { rowRange } from "#components/data-table/table-state";
import type { TableSearch } from "#components/data-table/use-table-search";
import { Pagination } from "#components/ui/pagination";
import { Select } from "#components/ui/select";
import { PAGE_SIZE, lastPage } from "#foundation/core/paging";

type TableFooterProps = {
  readonly search: TableSearch;
  readonly page: number;
  readonly pageSize: number | undefined;
  readonly pageSizes: readonly number[];
  readonly total: number;
  readonly loadedAt: Date | undefined;
};

export function TableFooter({
  search,
  page,
  pageSize = PAGE_SIZE,
  pageSizes,
  total,
  loadedAt,
}: TableFooterProps) {
  const t = useTranslations("table");
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 text-xs text-ink-muted">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <p className="tabular-nums">{t("range", { ...rowRange(page, pageSize, total), total })}</p>
        {loadedAt !== undefined && <LoadedAt at={loadedAt} />}
      </div>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
        {search.state.size !== null && pageSizes.length > 1 && (
          <label className="flex items-center gap-2">
            {t("perPage")}
            <Select
              size="sm"
              value={pageSize}
              onChange={(event) => search.showPerPage(Number(event.target.value))}
              className="w-18"
            >
              {pageSizes.map((size) => (
                <option key={size} value={size}>
                  {size}
                </option>
              ))}
            </Select>
          </label>
        )}
        <Pagination page={page} pages={lastPage(total, pageSize)} onPage={search.goTo} />
      </div>
    </div>
  );
}
