"use client";

import { useTranslations } from "next-intl";
import { Link } from "#components/ui/link";
import { useMemo } from "react";
import { columnsOf } from "#components/data-table/features";
import type { Columns } from "#components/data-table/features";
import { toPhoneMark } from "#components/device-logs/phone-mark";
import { Bytes } from "#components/ui/bytes";
import { Code } from "#components/ui/code";
import { Instant } from "#components/ui/instant";
import type { DeviceLogSummary } from "#phones/device-logs/model";

const column = columnsOf<DeviceLogSummary>();

/** The columns of the log table. The ids of sortable columns are the values of `sort` in the URL. */
export function useLogColumns(): Columns<DeviceLogSummary> {
  const t = useTranslations("logs.columns");
  return useMemo(
    () =>
      column.columns([
        column.display({
          id: "at",
          header: t("at"),
          meta: { isRowHeader: true, isSortable: true },
          cell: ({ row }) => (
            <Link href={`/logs/${row.original.id}`} className="text-link">
              <Instant date={row.original.at} />
            </Link>
          ),
        }),
        column.accessor("logType", { header: t("logType"), meta: { isSortable: true } }),
        column.accessor(({ model }) => model || "–", {
          id: "model",
          header: t("model"),
          meta: { isSortable: true },
        }),
        column.display({
          id: "phone",
          header: t("phone"),
          cell: ({ row }) => <Code>{toPhoneMark(row.original)}</Code>,
        }),
        column.accessor(({ givenName }) => givenName || "–", {
          id: "givenName",
          header: t("givenName"),
        }),
        column.display({
          id: "sizeBytes",
          header: t("sizeBytes"),
          meta: { isSortable: true, align: "end" },
          cell: ({ row }) => <Bytes sizeBytes={row.original.sizeBytes} />,
        }),
        column.accessor(({ poolFqdn }) => poolFqdn ?? "–", { id: "pool", header: t("pool") }),
        column.display({
          id: "address",
          header: t("address"),
          meta: { isHiddenAtFirst: true },
          cell: ({ row }) => <Code>{row.original.address}</Code>,
        }),
      ]),
    [t],
  );
}
