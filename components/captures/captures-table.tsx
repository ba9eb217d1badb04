"use client";

import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useCaptureColumns } from "#components/captures/capture-columns";
import type { RemoveCapturesAction } from "#components/captures/remove-captures";
import { RemoveCaptures } from "#components/captures/remove-captures";
import { DataTable } from "#components/data-table/data-table";
import { useTableSearch } from "#components/data-table/use-table-search";
import { EmptyState } from "#components/ui/empty-state";
import type { CaptureSummary } from "#phones/captures/model";
import { CAPTURE_REASONS } from "#phones/captures/model";
import { captureSearchParams } from "#phones/captures/search-params";

type CapturesTableProps = {
  readonly captures: readonly CaptureSummary[];
  readonly total: number;
  readonly page: number;
  /** Null if the user may not remove captures. */
  readonly removeCaptures: RemoveCapturesAction | null;
  readonly isCapturing: boolean;
  readonly emptyActions: ReactNode;
};

export function CapturesTable({
  captures,
  total,
  page,
  removeCaptures,
  isCapturing,
  emptyActions,
}: CapturesTableProps) {
  const t = useTranslations("captures");
  const search = useTableSearch(captureSearchParams);
  const columns = useCaptureColumns();
  const emptyHint = isCapturing ? "on" : removeCaptures === null ? "offForReaders" : "off";
  return (
    <DataTable<CaptureSummary>
      name="captures"
      exportPath="/api/exports/captures"
      caption={t("caption")}
      columns={columns}
      rows={captures}
      total={total}
      page={page}
      rowId={({ id }) => id}
      rowName={({ method, target }) => `${method} ${target}`}
      search={search}
      searchLabel={t("search")}
      facets={[
        {
          key: "reason",
          label: t("columns.reason"),
          options: CAPTURE_REASONS.map((value) => ({ value, label: t(`reasons.${value}`) })),
        },
      ]}
      empty={
        <EmptyState
          icon={<Icon name="scan-search" />}
          title={t("empty.title")}
          description={t(`empty.${emptyHint}`)}
          actions={emptyActions}
        />
      }
      {...(removeCaptures === null
        ? {}
        : {
            toolbar: total > 0 && !search.isNarrowed && (
              <RemoveCaptures
                input={{ every: true }}
                count={total}
                removeCaptures={removeCaptures}
              />
            ),
            bulkActions: (selection) =>
              selection.kind === "rows" ? (
                <RemoveCaptures
                  input={{ captureIds: [...selection.ids] }}
                  count={selection.count}
                  removeCaptures={removeCaptures}
                  onRemoved={selection.clear}
                />
              ) : null,
          })}
    />
  );
}
