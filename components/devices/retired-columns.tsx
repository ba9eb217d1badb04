"use client";

import { useTranslations } from "next-intl";
import { Link } from "#components/ui/link";
import { useMemo } from "react";
import { columnsOf } from "#components/data-table/features";
import type { Columns } from "#components/data-table/features";
import { Code } from "#components/ui/code";
import { Instant } from "#components/ui/instant";
import type { RetiredPhone } from "#fleet/devices/model";
import { formatMacAddress } from "#foundation/core/mac-address";

const column = columnsOf<RetiredPhone>();
const SORTABLE = { isSortable: true } as const;

/** The columns of the table of retired phones. The ids of sortable columns are the values of `sort` in the URL. */
export function useRetiredColumns(): Columns<RetiredPhone> {
  const t = useTranslations("retirement.columns");
  const tDevices = useTranslations("devices.list");
  return useMemo(
    () =>
      column.columns([
        column.display({
          id: "model",
          header: tDevices("columns.model"),
          meta: { isRowHeader: true, isSortable: true },
          cell: ({ row: { original } }) => (
            <Link href={`/devices/${original.id}`} className="text-link">
              {original.hardware.model || tDevices("noModel")}
            </Link>
          ),
        }),
        column.display({
          id: "macAddress",
          header: tDevices("columns.macAddress"),
          cell: ({ row: { original } }) => (
            <Code>
              {original.macAddress === null ? "–" : formatMacAddress(original.macAddress)}
            </Code>
          ),
        }),
        column.accessor(({ serialNumber }) => serialNumber ?? "–", {
          id: "serialNumber",
          header: tDevices("columns.serialNumber"),
        }),
        column.display({
          id: "lastSeenAt",
          header: tDevices("columns.lastSeenAt"),
          meta: SORTABLE,
          cell: ({ row }) => <Instant date={row.original.lastSeenAt} />,
        }),
        column.display({
          id: "retiredAt",
          header: t("retiredAt"),
          meta: SORTABLE,
          cell: ({ row }) => <Instant date={row.original.retirement.at} />,
        }),
        column.accessor(({ retirement }) => retirement.by, {
          id: "retiredBy",
          header: t("retiredBy"),
        }),
        column.display({
          id: "reason",
          header: t("reason"),
          cell: ({ row }) => (
            <span className="block max-w-72 break-words">
              {row.original.retirement.reason || "–"}
            </span>
          ),
        }),
      ]),
    [t, tDevices],
  );
}
