"use client";

import { useTranslations } from "next-intl";
import { Link } from "#components/ui/link";
import { useMemo } from "react";
import { CaptureReasonBadge } from "#components/captures/capture-badges";
import { columnsOf } from "#components/data-table/features";
import type { Columns } from "#components/data-table/features";
import { Bytes } from "#components/ui/bytes";
import { Code } from "#components/ui/code";
import { Instant } from "#components/ui/instant";
import type { CaptureSummary } from "#phones/captures/model";

const column = columnsOf<CaptureSummary>();

/** The columns of the table of captured requests. */
export function useCaptureColumns(): Columns<CaptureSummary> {
  const t = useTranslations("captures");
  return useMemo(
    () =>
      column.columns([
        column.display({
          id: "at",
          header: t("columns.at"),
          meta: { isRowHeader: true, isSortable: true },
          cell: ({ row: { original } }) => (
            <Link href={`/captures/${original.id}`} className="text-link">
              <Instant date={original.at} format="precise" />
            </Link>
          ),
        }),
        column.display({
          id: "reason",
          header: t("columns.reason"),
          cell: ({ row }) => <CaptureReasonBadge reason={row.original.reason} />,
        }),
        column.display({
          id: "status",
          header: t("columns.status"),
          cell: ({ row }) => <Code>{row.original.status}</Code>,
        }),
        column.display({
          id: "request",
          header: t("columns.request"),
          cell: ({ row: { original } }) => (
            <Code isBreaking>
              {original.method} {original.target}
            </Code>
          ),
        }),
        column.display({
          id: "address",
          header: t("columns.address"),
          cell: ({ row }) => <Code>{row.original.address}</Code>,
        }),
        column.accessor(({ side }) => t(`sides.${side}`), {
          id: "side",
          header: t("columns.side"),
        }),
        column.display({
          id: "size",
          header: t("columns.size"),
          cell: ({ row }) => <Bytes sizeBytes={row.original.sizeBytes} />,
        }),
      ]),
    [t],
  );
}
