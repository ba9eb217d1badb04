"use client";

import { useTranslations } from "next-intl";
import { Link } from "#components/ui/link";
import { useMemo } from "react";
import { columnsOf } from "#components/data-table/features";
import type { Columns } from "#components/data-table/features";
import { Clipped } from "#components/ui/clipped";
import { Instant } from "#components/ui/instant";
import { RuleMenu } from "#components/rules/rule-menu";
import { RuleStateBadge } from "#components/rules/rule-state-badge";
import { DowngradeBadge, HeldVersion } from "#components/rules/version";
import { isDowngrade } from "#foundation/core/version";
import type { Rule } from "#firmware/rules/model";
import { ruleState } from "#firmware/rules/state";

const column = columnsOf<Rule>();
const SORTABLE = { isSortable: true } as const;
/** For columns that would make the table wider than the screen. */
const SORTABLE_HIDDEN = { isSortable: true, isHiddenAtFirst: true } as const;

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
          meta: SORTABLE_HIDDEN,
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
        column.display({
          id: "pool",
          header: t("pool"),
          meta: SORTABLE,
          cell: ({ row }) => <Clipped text={row.original.poolFqdn} />,
        }),
        column.accessor("updateType", { header: t("updateType"), meta: SORTABLE_HIDDEN }),
        column.accessor(({ hardware }) => hardware.revision, {
          id: "revision",
          header: t("revision"),
          meta: SORTABLE_HIDDEN,
        }),
        column.accessor(({ hardware }) => hardware.locale, {
          id: "locale",
          header: t("locale"),
          meta: SORTABLE_HIDDEN,
        }),
        column.display({
          id: "restoreVersion",
          header: t("restoreVersion"),
          meta: SORTABLE_HIDDEN,
          cell: ({ row }) => <HeldVersion release={row.original.restore} />,
        }),
        column.display({
          id: "importedAt",
          header: t("importedAt"),
          meta: SORTABLE_HIDDEN,
          cell: ({ row }) => <Instant date={row.original.importedAt} />,
        }),
        column.accessor("importedBy", { header: t("importedBy"), meta: SORTABLE_HIDDEN }),
        column.accessor(({ hardware }) => hardware.deviceType, {
          id: "deviceType",
          header: t("deviceType"),
          meta: SORTABLE_HIDDEN,
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

/** The model, and what else distinguishes the rule from others for it. */
function RuleLink({ rule: { id, hardware, updateType } }: { readonly rule: Rule }) {
  const { brand, revision, locale } = hardware;
  return (
    <span className="md:whitespace-nowrap">
      <Link href={`/updates/${id}`} className="text-link">
        {hardware.model}
      </Link>{" "}
      <span className="text-xs font-normal text-ink-muted">
        {[brand, revision, locale, updateType].filter((part) => part !== "").join(" ")}
      </span>
    </span>
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
