"use client";

import { useTranslations } from "next-intl";
import Link from "next/link";
import { useMemo } from "react";
import { columnsOf } from "#components/data-table/features";
import type { Columns } from "#components/data-table/features";
import { Instant } from "#components/ui/instant";
import { RuleMenu } from "#components/rules/rule-menu";
import { RuleStateBadge } from "#components/rules/rule-state-badge";
import { DowngradeBadge, HeldVersion } from "#components/rules/version";
import { isDowngrade } from "#foundation/core/version";
import type { Rule } from "#firmware/rules/model";
import { ruleState } from "#firmware/rules/state";

const column = columnsOf<Rule>();
const SORTABLE = { isSortable: true } as const;
/** For columns that are hidden on a narrow screen to keep its cards short. */
const SORTABLE_WIDE = { isSortable: true, onNarrow: "hidden" } as const;

/** The columns of the rules table, the most important for a review first. The ids of sortable columns are the values of `sort` in the URL. */
export function useRuleColumns(): Columns<Rule> {
  const t = useTranslations("updates.columns");
  return useMemo(
    () =>
      column.columns([
        column.accessor(({ hardware }) => hardware.model, {
          id: "model",
          header: t("model"),
          meta: { isRowHeader: true, isSortable: true },
          cell: ({ row }) => <RuleLink rule={row.original} />,
        }),
        column.accessor(({ hardware }) => hardware.brand, {
          id: "brand",
          header: t("brand"),
          meta: SORTABLE,
        }),
        column.display({
          id: "pendingVersion",
          header: t("pendingVersion"),
          meta: SORTABLE,
          cell: ({ row }) => <PendingVersion rule={row.original} />,
        }),
        column.display({
          id: "approvedVersion",
          header: t("approvedVersion"),
          meta: SORTABLE,
          cell: ({ row }) => <HeldVersion release={row.original.approved} />,
        }),
        column.display({
          id: "state",
          header: t("state"),
          cell: ({ row }) => <RuleStateBadge state={ruleState(row.original)} />,
        }),
        column.accessor("poolFqdn", { id: "pool", header: t("pool"), meta: SORTABLE }),
        column.accessor("updateType", { header: t("updateType"), meta: SORTABLE }),
        column.accessor(({ hardware }) => hardware.revision, {
          id: "revision",
          header: t("revision"),
          meta: SORTABLE,
        }),
        column.accessor(({ hardware }) => hardware.locale, {
          id: "locale",
          header: t("locale"),
          meta: SORTABLE,
        }),
        column.display({
          id: "restoreVersion",
          header: t("restoreVersion"),
          meta: SORTABLE,
          cell: ({ row }) => <HeldVersion release={row.original.restore} />,
        }),
        column.display({
          id: "importedAt",
          header: t("importedAt"),
          meta: SORTABLE,
          cell: ({ row }) => <Instant date={row.original.importedAt} />,
        }),
        column.accessor("importedBy", { header: t("importedBy"), meta: SORTABLE_WIDE }),
        column.accessor(({ hardware }) => hardware.deviceType, {
          id: "deviceType",
          header: t("deviceType"),
          meta: SORTABLE_WIDE,
        }),
        column.display({
          id: "menu",
          header: t("menu"),
          meta: { onNarrow: "corner" },
          enableHiding: false,
          cell: ({ row }) => <RuleMenu rule={row.original} />,
        }),
      ]),
    [t],
  );
}

function RuleLink({ rule: { id, hardware } }: { readonly rule: Rule }) {
  return (
    <Link
      href={`/updates/${id}`}
      className="rounded text-accent-ink underline-offset-4 hover:underline"
    >
      {hardware.model}
    </Link>
  );
}

function PendingVersion({ rule: { approved, pending } }: { readonly rule: Rule }) {
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-0.5 max-md:justify-end">
      <HeldVersion release={pending} />
      {isDowngrade(approved?.version ?? null, pending?.version ?? null) && <DowngradeBadge />}
    </span>
  );
}
