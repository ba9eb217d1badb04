"use client";

import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { TimeRange } from "#components/check-log/time-range";
import { DataTable } from "#components/data-table/data-table";
import { useTableSearch } from "#components/data-table/use-table-search";
import { useLogColumns } from "#components/device-logs/log-columns";
import { toOption } from "#components/ui/option";
import { EmptyState } from "#components/ui/empty-state";
import type { DeviceLogSummary } from "#phones/device-logs/model";
import { logSearchParams } from "#phones/device-logs/search-params";

type LogsTableProps = {
  readonly logs: readonly DeviceLogSummary[];
  readonly total: number;
  readonly page: number;
  readonly loadedAt: Date;
  readonly types: readonly string[];
  readonly pools: readonly string[];
};

export function LogsTable({ logs, total, page, loadedAt, types, pools }: LogsTableProps) {
  const t = useTranslations("logs");
  const search = useTableSearch(logSearchParams);
  const columns = useLogColumns();
  return (
    <DataTable
      name="logs"
      exportPath="/api/exports/logs"
      caption={t("caption")}
      columns={columns}
      rows={logs}
      total={total}
      page={page}
      loadedAt={loadedAt}
      missingRows="moved"
      rowId={({ id }) => id}
      rowName={({ fileName }) => fileName}
      search={search}
      searchLabel={t("search")}
      facets={[
        { key: "type", label: t("columns.logType"), options: types.map(toOption) },
        { key: "pool", label: t("columns.pool"), options: pools.map(toOption) },
      ]}
      filters={<TimeRange search={search} />}
      empty={
        <EmptyState
          icon={<Icon name="file-text" />}
          title={t("empty.title")}
          description={t("empty.description")}
        />
      }
    />
  );
}
