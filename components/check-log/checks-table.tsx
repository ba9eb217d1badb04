"use client";

import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { useCheckColumns } from "#components/check-log/check-columns";
import { TimeRange } from "#components/check-log/time-range";
import { ExportMenu } from "#components/data-table/export-menu";
import { DataTable } from "#components/data-table/data-table";
import { useTableSearch } from "#components/data-table/use-table-search";
import { ButtonLink } from "#components/ui/button-link";
import { toOption } from "#components/ui/option";
import { EmptyState } from "#components/ui/empty-state";
import type { CheckEntry } from "#phones/check-log/check-row";
import { checkSearchParams } from "#phones/check-log/search-params";
import { CHECK_OUTCOMES, DIALECTS, RECORDED_TRIGGERS, SIDES, VERDICTS } from "#fleet/devices/model";

type ChecksTableProps = {
  readonly checks: readonly CheckEntry[];
  readonly total: number;
  readonly page: number;
  readonly loadedAt: Date;
  readonly models: readonly string[];
  readonly pools: readonly string[];
};

export function ChecksTable({ checks, total, page, loadedAt, models, pools }: ChecksTableProps) {
  const t = useTranslations("checks");
  const tSides = useTranslations("devices.sides");
  const tDialects = useTranslations("devices.dialects");
  const tTriggers = useTranslations("devices.triggers");
  const search = useTableSearch(checkSearchParams);
  const columns = useCheckColumns();
  return (
    <DataTable
      name="checks"
      caption={t("caption")}
      columns={columns}
      rows={checks}
      total={total}
      page={page}
      loadedAt={loadedAt}
      missingRows="moved"
      rowId={({ id }) => id}
      rowName={({ id }) => id}
      search={search}
      searchLabel={t("search")}
      facets={[
        { key: "model", label: t("filters.model"), options: models.map(toOption) },
        { key: "pool", label: t("filters.pool"), options: pools.map(toOption) },
        {
          key: "outcome",
          label: t("filters.outcome"),
          options: CHECK_OUTCOMES.map((value) => ({ value, label: t(`outcomes.${value}`) })),
        },
        {
          key: "verdict",
          label: t("filters.verdict"),
          options: VERDICTS.map((value) => ({ value, label: t(`verdicts.${value}`) })),
        },
        {
          key: "side",
          label: t("filters.side"),
          options: SIDES.map((value) => ({ value, label: tSides(value) })),
        },
        {
          key: "dialect",
          label: t("filters.dialect"),
          options: DIALECTS.map((value) => ({ value, label: tDialects(value) })),
        },
        {
          key: "trigger",
          label: t("filters.trigger"),
          options: RECORDED_TRIGGERS.map((value) => ({ value, label: tTriggers(value) })),
        },
      ]}
      filters={<TimeRange search={search} />}
      // Exports of the check log have one order, the newest first.
      toolbar={
        <ExportMenu
          path="/api/checks"
          search={{ ...search, state: { ...search.state, sort: "" } }}
        />
      }
      empty={
        <EmptyState
          icon={<Icon name="scroll-text" />}
          title={t("empty.title")}
          description={t("empty.description")}
          actions={<ButtonLink href="/readiness">{t("empty.toReadiness")}</ButtonLink>}
        />
      }
    />
  );
}
