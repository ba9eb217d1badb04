"use client";

import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import type { Facet } from "#components/data-table/facet-filter";
import { siteKey } from "#fleet/sites/model";
import { useQueryStates } from "nuqs";
import { useState } from "react";
import { DataTable } from "#components/data-table/data-table";
import { useTableSearch } from "#components/data-table/use-table-search";
import type { BulkQuestion, DeviceBulkActions } from "#components/devices/device-bulk";
import { DeviceBulkButtons, DeviceBulkDialog } from "#components/devices/device-bulk";
import { useDeviceColumns } from "#components/devices/device-columns";
import { toDeviceName } from "#components/devices/device-name";
import type { DeviceRow } from "#components/devices/device-row";
import { toOption } from "#components/ui/option";
import { EmptyState } from "#components/ui/empty-state";
import { PHONE_FIGURES } from "#fleet/devices/model";
import { PROGRESS_STATES } from "#fleet/devices/progress-state";
import { ROLL_OUT_STATES } from "#fleet/devices/roll-out-state";
import { deviceSearchParams } from "#fleet/devices/search-params";

type DevicesTableProps = {
  readonly devices: readonly DeviceRow[];
  readonly total: number;
  readonly page: number;
  readonly loadedAt: Date;
  readonly models: readonly string[];
  readonly pools: readonly string[];
  readonly sites: readonly string[];
  /** The name of the roll-out in the address; null if there is none. */
  readonly rollOutName: string | null;
  readonly actions: DeviceBulkActions;
};

export function DevicesTable({
  devices,
  total,
  page,
  loadedAt,
  models,
  pools,
  sites,
  rollOutName,
  actions,
}: DevicesTableProps) {
  const t = useTranslations("devices.list");
  const search = useTableSearch(deviceSearchParams);
  const columns = useDeviceColumns();
  const rollOutFacets = useRollOutFacets(search.state.filters.rollOut ?? [], rollOutName);
  const [{ q, model, pool, site, state, progress }] = useQueryStates(deviceSearchParams);
  const [question, setQuestion] = useState<BulkQuestion | null>(null);
  return (
    <>
      <DataTable
        name="devices"
        exportPath="/api/exports/devices"
        caption={t("caption")}
        columns={columns}
        rows={devices}
        total={total}
        page={page}
        loadedAt={loadedAt}
        missingRows="moved"
        rowId={({ id }) => id}
        rowName={toDeviceName}
        search={search}
        searchLabel={t("search")}
        facets={[
          { key: "model", label: t("columns.model"), options: models.map(toOption) },
          { key: "pool", label: t("columns.pool"), options: pools.map(toOption) },
          { key: "site", label: t("columns.site"), options: sites.map(toOption), toKey: siteKey },
          {
            key: "state",
            label: t("columns.state"),
            options: PHONE_FIGURES.map((value) => ({ value, label: t(`states.${value}`) })),
          },
          {
            key: "progress",
            label: t("columns.progress"),
            options: PROGRESS_STATES.map((value) => ({ value, label: t(`progress.${value}`) })),
          },
          ...rollOutFacets,
        ]}
        empty={
          <EmptyState
            icon={<Icon name="phone" />}
            title={t("empty.title")}
            description={t("empty.description")}
          />
        }
        // The actions on all phones that match know no roll-outs.
        canSelectMatching={rollOutFacets.length === 0}
        bulkActions={(selection) => (
          <DeviceBulkButtons
            actions={actions}
            selection={selection}
            search={{ q, model, pool, site, state, progress }}
            state={search.state}
            onAsk={setQuestion}
          />
        )}
      />
      {question !== null && (
        <DeviceBulkDialog question={question} actions={actions} onClose={() => setQuestion(null)} />
      )}
    </>
  );
}

/** Pages of roll-outs link here with one of them. The first filter can only remove it. */
function useRollOutFacets(chosen: readonly string[], name: string | null): readonly Facet[] {
  const t = useTranslations("devices.list");
  const tStates = useTranslations("rollOuts.states");
  return chosen.length === 0
    ? []
    : [
        {
          key: "rollOut",
          label: t("columns.rollOut"),
          options: chosen.map((value) => ({ value, label: name ?? value })),
        },
        {
          key: "rollOutState",
          label: t("columns.rollOutState"),
          options: ROLL_OUT_STATES.map((value) => ({ value, label: tStates(value) })),
        },
      ];
}
