"use client";

import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { Link } from "#components/ui/link";
import { useMemo } from "react";
import { DataTable } from "#components/data-table/data-table";
import { columnsOf } from "#components/data-table/features";
import type { Columns } from "#components/data-table/features";
import { useTableSearch } from "#components/data-table/use-table-search";
import { useBulkRetirement } from "#components/devices/use-bulk-retirement";
import type { BulkRetirement } from "#components/devices/use-bulk-retirement";
import { Code } from "#components/ui/code";
import { EmptyState } from "#components/ui/empty-state";
import { Instant } from "#components/ui/instant";
import { phoneName } from "#fleet/devices/audit-facts";
import type { DoubtfulPhone } from "#fleet/devices/conflicts";
import { ghostSearchParams } from "#fleet/devices/doubtful-search-params";

type GhostsTableProps = {
  readonly phones: readonly DoubtfulPhone[];
  readonly total: number;
  readonly page: number;
  readonly retire: BulkRetirement;
};

const column = columnsOf<DoubtfulPhone>();

function useGhostColumns(): Columns<DoubtfulPhone> {
  const t = useTranslations("doubtful.columns");
  return useMemo(
    () =>
      column.columns([
        column.display({
          id: "phone",
          header: t("phone"),
          meta: { isRowHeader: true },
          cell: ({ row: { original } }) => (
            <Link href={`/devices/${original.id}`} className="text-link">
              {phoneName(original)}
            </Link>
          ),
        }),
        column.accessor(({ serialNumber }) => serialNumber ?? "–", {
          id: "serialNumber",
          header: t("serialNumber"),
        }),
        column.display({
          id: "address",
          header: t("address"),
          cell: ({ row }) => <Code>{row.original.address}</Code>,
        }),
        column.display({
          id: "firstSeenAt",
          header: t("firstSeenAt"),
          cell: ({ row }) => <Instant date={row.original.firstSeenAt} />,
        }),
        column.display({
          id: "lastSeenAt",
          header: t("lastSeenAt"),
          cell: ({ row }) => <Instant date={row.original.lastSeenAt} />,
        }),
      ]),
    [t],
  );
}

/** The phones that checked within one hour only and never again. */
export function GhostsTable({ phones, total, page, retire }: GhostsTableProps) {
  const t = useTranslations("doubtful.ghosts");
  const search = useTableSearch(ghostSearchParams);
  const columns = useGhostColumns();
  const bulk = useBulkRetirement<DoubtfulPhone>({
    what: "retire",
    actions: retire,
    toName: phoneName,
    toJob: (seenCount) => ({ kind: "retire_ghosts", seenCount }),
  });
  return (
    <>
      <DataTable
        name="ghosts"
        exportPath="/api/exports/ghosts"
        caption={t("title")}
        columns={columns}
        rows={phones}
        total={total}
        page={page}
        rowId={({ id }) => id}
        rowName={phoneName}
        search={search}
        empty={<EmptyState icon={<Icon name="circle-check" />} title={t("empty")} />}
        canSelectMatching
        {...bulk.table}
      />
      {bulk.dialog}
    </>
  );
}
