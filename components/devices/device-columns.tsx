"use client";

import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { Link } from "#components/ui/link";
import { useMemo } from "react";
import { columnsOf } from "#components/data-table/features";
import type { Columns } from "#components/data-table/features";
import { IdentityConflictBadge } from "#components/devices/identity-conflict";
import { ProgressBadge, UpdateStateBadge } from "#components/devices/device-badges";
import type { DeviceRow } from "#components/devices/device-row";
import { Clipped } from "#components/ui/clipped";
import { Code } from "#components/ui/code";
import { Instant } from "#components/ui/instant";
import { formatMacAddress } from "#foundation/core/mac-address";

const column = columnsOf<DeviceRow>();
const SORTABLE = { isSortable: true } as const;

/** The columns of the device table. The ids of sortable columns are the values of `sort` in the URL. */
export function useDeviceColumns(): Columns<DeviceRow> {
  const t = useTranslations("devices.list.columns");
  return useMemo(
    () =>
      column.columns([
        column.display({
          id: "model",
          header: t("model"),
          meta: { isRowHeader: true, isSortable: true },
          cell: ({ row }) => <DeviceLink device={row.original} />,
        }),
        column.accessor(({ hardware }) => hardware.brand, {
          id: "brand",
          header: t("brand"),
          meta: { isHiddenAtFirst: true },
        }),
        column.display({
          id: "macAddress",
          header: t("macAddress"),
          meta: SORTABLE,
          cell: ({ row: { original } }) => (
            <Value
              value={original.macAddress === null ? null : formatMacAddress(original.macAddress)}
            />
          ),
        }),
        column.display({
          id: "serialNumber",
          header: t("serialNumber"),
          meta: { isSortable: true, isHiddenAtFirst: true },
          cell: ({ row }) => <Value value={row.original.serialNumber} />,
        }),
        column.display({
          id: "version",
          header: t("version"),
          meta: SORTABLE,
          cell: ({ row }) => <Value value={row.original.version} />,
        }),
        column.display({
          id: "state",
          header: t("state"),
          cell: ({ row }) => <UpdateStateBadge state={row.original.state} />,
        }),
        column.display({
          id: "progress",
          header: t("progress"),
          cell: ({ row: { original } }) =>
            original.conflict !== null ? (
              <IdentityConflictBadge conflict={original.conflict} />
            ) : original.progress === null ? (
              <Value value={null} />
            ) : (
              <ProgressBadge state={original.progress} />
            ),
        }),
        column.display({
          id: "lastSeenAt",
          header: t("lastSeenAt"),
          meta: SORTABLE,
          cell: ({ row }) => <Instant date={row.original.lastSeenAt} />,
        }),
        column.display({
          id: "site",
          header: t("site"),
          meta: SORTABLE,
          cell: ({ row }) => <Clipped text={row.original.siteName ?? "–"} />,
        }),
        column.display({
          id: "pool",
          header: t("pool"),
          meta: { isSortable: true, isHiddenAtFirst: true },
          cell: ({ row }) => <Clipped text={row.original.poolFqdn ?? "–"} />,
        }),
        column.display({
          id: "address",
          header: t("address"),
          meta: { isSortable: true, isHiddenAtFirst: true },
          cell: ({ row }) => <Value value={row.original.address} />,
        }),
        column.display({
          id: "user",
          header: t("user"),
          cell: ({ row }) => <UserName name={row.original.userName} />,
        }),
      ]),
    [t],
  );
}

function DeviceLink({ device }: { readonly device: DeviceRow }) {
  const t = useTranslations("devices.list");
  return (
    <span className="inline-flex items-center gap-1.5">
      <Link href={`/devices/${device.id}`} className="text-link">
        {device.hardware.model || t("noModel")}
      </Link>
      {device.isTestDevice && (
        <Icon
          name="flask-conical"
          label={t("testDevice")}
          className="size-3.5 shrink-0 text-accent-ink"
        />
      )}
    </span>
  );
}

/** Without the domain of "CONTOSO\\jane", which most phones share. */
function UserName({ name }: { readonly name: string | null }) {
  const text = name ?? "–";
  return (
    <Clipped
      text={text.slice(text.lastIndexOf("\\") + 1)}
      title={text}
      className="[--narrowest:6.5rem]"
    />
  );
}

function Value({ value }: { readonly value: string | null }) {
  return value === null || value === "" ? (
    <span className="text-ink-faint">–</span>
  ) : (
    <Code>{value}</Code>
  );
}
