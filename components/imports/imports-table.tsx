"use client";

import { useTranslations } from "next-intl";
import { Link } from "#components/ui/link";
import { useMemo } from "react";
import type { ReactNode } from "react";
import { Icon } from "#components/ui/icon";
import { DataTable } from "#components/data-table/data-table";
import { columnsOf } from "#components/data-table/features";
import { useTableSearch } from "#components/data-table/use-table-search";
import { ImportStateBadge } from "#components/imports/import-state";
import { PoolNames } from "#components/imports/pool-names";
import { Bytes } from "#components/ui/bytes";
import { EmptyState } from "#components/ui/empty-state";
import { Instant } from "#components/ui/instant";
import type { ImportSummary } from "#firmware/imports/model";
import { IMPORT_STATES } from "#firmware/imports/model";
import { importSearchParams } from "#firmware/imports/search-params";

const column = columnsOf<ImportSummary>();

type ImportsTableProps = {
  readonly imports: readonly ImportSummary[];
  readonly total: number;
  readonly page: number;
  /** The names of pools by id. Removed pools are missing. */
  readonly poolNames: Readonly<Record<string, string>>;
  /** The import button, if the user may import. */
  readonly importButton?: ReactNode;
};

export function ImportsTable({ imports, total, page, poolNames, importButton }: ImportsTableProps) {
  const t = useTranslations("imports.list");
  const tColumns = useTranslations("imports.columns");
  const tStates = useTranslations("imports.states");
  const search = useTableSearch(importSearchParams);
  const columns = useMemo(
    () =>
      column.columns([
        column.accessor("fileName", {
          header: tColumns("fileName"),
          meta: { isRowHeader: true, isSortable: true },
          cell: ({ row: { original } }) => (
            <Link
              href={`/updates/imports/${original.id}`}
              className="text-link font-medium break-all"
            >
              {original.fileName}
            </Link>
          ),
        }),
        column.accessor("state", {
          header: tColumns("state"),
          meta: { isSortable: true },
          cell: ({ row: { original } }) => <ImportStateBadge state={original.state} />,
        }),
        column.accessor("poolIds", {
          header: tColumns("pools"),
          cell: ({ row: { original } }) => (
            <PoolNames poolIds={original.poolIds} poolNames={poolNames} />
          ),
        }),
        column.accessor("createdAt", {
          header: tColumns("createdAt"),
          meta: { isSortable: true },
          cell: ({ row: { original } }) => <Instant date={original.createdAt} />,
        }),
        column.accessor("createdByName", {
          header: tColumns("createdByName"),
          meta: { isSortable: true },
        }),
        column.accessor("sizeBytes", {
          header: tColumns("sizeBytes"),
          meta: { isSortable: true, align: "end" },
          cell: ({ row: { original } }) => <Bytes sizeBytes={original.sizeBytes} />,
        }),
        column.accessor("notes", {
          header: tColumns("notes"),
          meta: { isHiddenAtFirst: true },
        }),
      ]),
    [tColumns, poolNames],
  );
  return (
    <DataTable
      name="imports"
      exportPath="/api/exports/imports"
      caption={t("caption")}
      columns={columns}
      rows={imports}
      total={total}
      page={page}
      rowId={({ id }) => id}
      rowName={({ fileName }) => fileName}
      search={search}
      searchLabel={t("search")}
      facets={[
        {
          key: "state",
          label: tColumns("state"),
          options: IMPORT_STATES.map((state) => ({ value: state, label: tStates(state) })),
        },
      ]}
      empty={
        <EmptyState
          icon={<Icon name="package-open" />}
          title={t("empty")}
          description={t("emptyDescription")}
          actions={importButton}
        />
      }
    />
  );
}
