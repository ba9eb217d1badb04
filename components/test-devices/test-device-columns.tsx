"use client";

import { useTranslations } from "next-intl";
import { Link } from "#components/ui/link";
import { useMemo } from "react";
import { columnsOf } from "#components/data-table/features";
import type { Columns } from "#components/data-table/features";
import { TestDeviceMenu } from "#components/test-devices/test-device-menu";
import type { AskAboutTestDevice } from "#components/test-devices/test-device-menu";
import type { TestDeviceRow } from "#components/test-devices/test-device-row";
import { pendingGiven } from "#components/test-devices/test-device-row";
import { Badge } from "#components/ui/badge";
import { Code } from "#components/ui/code";
import { Instant } from "#components/ui/instant";
import { isIdentifying } from "#fleet/devices/identify";
import { formatIdentifier } from "#fleet/test-devices/read-identifiers";

const column = columnsOf<TestDeviceRow>();
const SORTABLE = { isSortable: true } as const;

/** The columns of the test device table. If `ask` is null, rows have no menu. The ids of sortable columns are the values of `sort` in the URL. */
export function useTestDeviceColumns(ask: AskAboutTestDevice | null): Columns<TestDeviceRow> {
  const t = useTranslations("testDevices");
  return useMemo(
    () =>
      column.columns([
        column.accessor(({ testDevice }) => testDevice.name, {
          id: "name",
          header: t("columns.name"),
          meta: { isRowHeader: true, isSortable: true },
        }),
        column.display({
          id: "identifier",
          header: t("columns.identifier"),
          meta: SORTABLE,
          cell: ({ row }) => <Identifier row={row.original} />,
        }),
        column.accessor(({ testDevice }) => t(`identifierTypes.${testDevice.identifierType}`), {
          id: "identifierType",
          header: t("columns.identifierType"),
          meta: { isHiddenAtFirst: true },
        }),
        column.accessor(
          ({ testDevice: { siteName } }) =>
            siteName === null ? t("everywhere") : t("site", { site: siteName }),
          { id: "site", header: t("columns.scope"), meta: SORTABLE },
        ),
        column.display({
          id: "asked",
          header: t("columns.asked"),
          cell: ({ row }) => <LastAsked row={row.original} />,
        }),
        column.display({
          id: "phone",
          header: t("columns.phone"),
          cell: ({ row }) => <PhoneLink row={row.original} />,
        }),
        column.display({
          id: "version",
          header: t("columns.version"),
          cell: ({ row }) => <Text text={row.original.phone?.version ?? null} />,
        }),
        column.display({
          id: "given",
          header: t("columns.given"),
          cell: ({ row }) => <Text text={pendingGiven(row.original.phone)} />,
        }),
        column.display({
          id: "createdAt",
          header: t("columns.createdAt"),
          meta: { isSortable: true, isHiddenAtFirst: true },
          cell: ({ row }) => <Instant date={row.original.testDevice.createdAt} />,
        }),
        column.accessor(({ testDevice }) => testDevice.createdBy, {
          id: "createdBy",
          header: t("columns.createdBy"),
          meta: { isHiddenAtFirst: true },
        }),
        ...(ask === null
          ? []
          : [
              column.display({
                id: "menu",
                header: t("columns.menu"),
                meta: { onNarrow: "corner" },
                enableHiding: false,
                cell: ({ row }) => (
                  <TestDeviceMenu testDevice={row.original.testDevice} ask={ask} />
                ),
              }),
            ]),
      ]),
    [t, ask],
  );
}

type CellProps = { readonly row: TestDeviceRow };

function Identifier({ row: { testDevice } }: CellProps) {
  const t = useTranslations("testDevices");
  return (
    <span className="inline-flex flex-wrap items-center gap-1.5">
      <Code>{formatIdentifier(testDevice)}</Code>
      {!isIdentifying(testDevice) && <Badge tone="bad">{t("noPhone")}</Badge>}
    </span>
  );
}

function LastAsked({ row: { phone } }: CellProps) {
  const t = useTranslations("testDevices");
  return phone === null ? (
    <span className="text-ink-muted">{t("neverAsked")}</span>
  ) : (
    <Instant date={phone.lastSeenAt} />
  );
}

function PhoneLink({ row: { phone } }: CellProps) {
  return phone === null ? (
    <Text text={null} />
  ) : (
    <Link href={`/devices/${phone.id}`} className="text-link">
      {phone.hardware.model}
    </Link>
  );
}

function Text({ text }: { readonly text: string | null }) {
  return text === null ? <span className="text-ink-faint">–</span> : <Code>{text}</Code>;
}
