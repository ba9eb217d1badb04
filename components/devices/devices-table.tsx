"use client";

import { Phone } from "#components/ui/icons";
import { useTranslations } from "next-intl";
import { DataTable } from "#components/data-table/data-table";
import { useTableSearch } from "#components/data-table/use-table-search";
import { useDeviceColumns } from "#components/devices/device-columns";
import { toDeviceName } from "#components/devices/device-name";
import { toOption } from "#components/ui/combobox";
import { EmptyState } from "#components/ui/empty-state";
import type { DeviceSummary } from "#fleet/devices/model";
import { UPDATE_STATES } from "#fleet/devices/model";
import { PROGRESS_STATES } from "#fleet/devices/progress-state";
import { deviceSearchParams } from "#fleet/devices/search-params";

type DevicesTableProps = {
  readonly devices: readonly DeviceSummary[];
  readonly total: number;
  readonly page: number;
  readonly models: readonly string[];
  readonly pools: readonly string[];
};

export function DevicesTable({ devices, total, page, models, pools }: DevicesTableProps) {
  const t = useTranslations("devices");
  const search = useTableSearch(deviceSearchParams);
  const columns = useDeviceColumns();
  return (
    <DataTable
      name="devices"
      caption={t("caption")}
      columns={columns}
      rows={devices}
      total={total}
      page={page}
      rowId={({ id }) => id}
      rowName={toDeviceName}
      search={search}
      searchLabel={t("search")}
      facets={[
        { key: "model", label: t("columns.model"), options: models.map(toOption) },
        { key: "pool", label: t("columns.pool"), options: pools.map(toOption) },
        {
          key: "state",
          label: t("columns.state"),
          options: UPDATE_STATES.map((value) => ({ value, label: t(`states.${value}`) })),
        },
        {
          key: "progress",
          label: t("columns.progress"),
          options: PROGRESS_STATES.map((value) => ({ value, label: t(`progress.${value}`) })),
        },
      ]}
      empty={
        <EmptyState
          icon={<Phone />}
          title={t("empty.title")}
          description={t("empty.description")}
        />
      }
    />
  );
}
