"use client";

import { Icon } from "#components/ui/icon";
import { useLocale, useTranslations } from "next-intl";
import { Link } from "#components/ui/link";
import { useMemo } from "react";
import { CheckOutcomeBadge } from "#components/check-log/check-outcome";
import { columnsOf } from "#components/data-table/features";
import type { Columns } from "#components/data-table/features";
import { toDeviceName } from "#components/devices/device-name";
import { Badge } from "#components/ui/badge";
import { Code } from "#components/ui/code";
import { Comma } from "#components/ui/comma";
import { Instant } from "#components/ui/instant";
import { joinTexts } from "#foundation/i18n/join-texts";
import type { CheckEntry } from "#phones/check-log/check-row";

const column = columnsOf<CheckEntry>();

export function useCheckColumns(): Columns<CheckEntry> {
  const t = useTranslations("checks");
  const tSides = useTranslations("devices.sides");
  const tDialects = useTranslations("devices.dialects");
  const tTriggers = useTranslations("devices.triggers");
  const locale = useLocale();
  return useMemo(
    () =>
      column.columns([
        column.display({
          id: "at",
          header: t("columns.at"),
          meta: { isRowHeader: true, isSortable: true },
          cell: ({ row }) => <Instant date={row.original.at} />,
        }),
        column.display({
          id: "phone",
          header: t("columns.phone"),
          cell: ({ row }) => <PhoneLink check={row.original} />,
        }),
        column.display({
          id: "outcome",
          header: t("columns.outcome"),
          cell: ({ row: { original } }) => (
            <CheckOutcomeBadge outcome={original.outcome} offered={original.offered} />
          ),
        }),
        column.display({
          id: "reasons",
          header: t("columns.reasons"),
          cell: ({ row: { original } }) =>
            original.refusal ??
            (joinTexts(
              locale,
              original.judgements.map(
                ({ updateType, verdict }) => `${updateType}: ${t(`verdicts.${verdict}`)}`,
              ),
            ) ||
              "–"),
        }),
        column.display({
          id: "reported",
          header: t("columns.reported"),
          cell: ({ row }) => (
            <Code>{row.original.requested.map(({ version }) => version).join(", ") || "–"}</Code>
          ),
        }),
        column.display({
          id: "address",
          header: t("columns.address"),
          meta: { isHiddenAtFirst: true },
          cell: ({ row }) => <Code>{row.original.address}</Code>,
        }),
        column.display({
          id: "side",
          header: t("columns.side"),
          cell: ({ row: { original } }) => (
            <span className="whitespace-nowrap">
              {tSides(original.side)}
              <Comma />
              {tDialects(original.dialect)}
            </span>
          ),
        }),
        column.accessor(({ poolFqdn }) => poolFqdn ?? "–", {
          id: "pool",
          header: t("columns.pool"),
          meta: { isHiddenAtFirst: true },
        }),
        column.accessor(({ userName }) => userName ?? "–", {
          id: "user",
          header: t("columns.user"),
          meta: { isHiddenAtFirst: true },
        }),
        column.display({
          id: "trigger",
          header: t("columns.trigger"),
          meta: { isHiddenAtFirst: true },
          cell: ({ row }) => tTriggers(row.original.trigger ?? "none"),
        }),
      ]),
    [t, tSides, tDialects, tTriggers, locale],
  );
}

/**
 * For a request that could not be parsed, only the address is known. A check of a readiness run uses a phone's model, but is
 * not from a phone.
 */
function PhoneLink({ check }: { readonly check: CheckEntry }) {
  const words = useTranslations("devices.triggers");
  if (check.trigger === "readiness") {
    return <Badge icon={<Icon name="stethoscope" />}>{words("readiness")}</Badge>;
  }
  const name = toDeviceName(check);
  return check.deviceId === null ? (
    <span className="whitespace-nowrap">{name || <Code>{check.address}</Code>}</span>
  ) : (
    <Link href={`/devices/${check.deviceId}`} className="text-link whitespace-nowrap">
      {name}
    </Link>
  );
}
