"use client";

import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { useQueryStates } from "nuqs";
import { DataTable } from "#components/data-table/data-table";
import { useTableSearch } from "#components/data-table/use-table-search";
import { toDeviceName } from "#components/devices/device-name";
import { useRetiredColumns } from "#components/devices/retired-columns";
import { useBulkRetirement } from "#components/devices/use-bulk-retirement";
import type { BulkRetirement } from "#components/devices/use-bulk-retirement";
import { EmptyState } from "#components/ui/empty-state";
import type { RetiredPhone } from "#fleet/devices/model";
import { retiredSearchParams } from "#fleet/devices/retired-search-params";

type RetiredTableProps = {
  readonly devices: readonly RetiredPhone[];
  readonly total: number;
  readonly page: number;
  readonly restore: BulkRetirement;
};

export function RetiredTable({ devices, total, page, restore }: RetiredTableProps) {
  const t = useTranslations("retirement");
  const search = useTableSearch(retiredSearchParams);
  const [{ q }] = useQueryStates(retiredSearchParams);
  const columns = useRetiredColumns();
  const bulk = useBulkRetirement<RetiredPhone>({
    what: "restore",
    actions: restore,
    toName: toDeviceName,
    toJob: (seenCount) => ({ kind: "restore", search: { q }, seenCount }),
  });
  return (
    <>
      <DataTable
        name="retired-devices"
        exportPath="/api/exports/retired-devices"
        caption={t("caption")}
        columns={columns}
        rows={devices}
        total={total}
        page={page}
        rowId={({ id }) => id}
        rowName={toDeviceName}
        search={search}
        searchLabel={t("search")}
        canSelectMatching
        empty={
          <EmptyState
            icon={<Icon name="archive" />}
            title={t("empty.title")}
            description={t("empty.description")}
          />
        }
        {...bulk.table}
      />
      {bulk.dialog}
    </>
  );
}
