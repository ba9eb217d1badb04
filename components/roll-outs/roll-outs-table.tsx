"use client";

import { useFormatter, useTranslations } from "next-intl";
import { Link } from "#components/ui/link";
import { useMemo } from "react";
import { DataTable } from "#components/data-table/data-table";
import { columnsOf } from "#components/data-table/features";
import type { Columns } from "#components/data-table/features";
import { useTableSearch } from "#components/data-table/use-table-search";
import { countTrouble } from "#components/roll-outs/count-trouble";
import { RollOutStatusBadge } from "#components/roll-outs/roll-out-badges";
import { ShareBar } from "#components/roll-outs/share-bar";
import { ShareText } from "#components/roll-outs/share-text";
import { toRuleName } from "#components/rules/rule-name";
import { Clipped } from "#components/ui/clipped";
import { toOption } from "#components/ui/option";
import { EmptyState } from "#components/ui/empty-state";
import { Icon } from "#components/ui/icon";
import { Instant } from "#components/ui/instant";
import type { RollOutSummary } from "#phones/roll-outs/model";
import { ROLL_OUT_STATUSES } from "#phones/roll-outs/model";
import { rollOutSearchParams } from "#phones/roll-outs/search-params";

type RollOutsTableProps = {
  readonly rollOuts: readonly RollOutSummary[];
  readonly total: number;
  readonly page: number;
  readonly pools: readonly string[];
  readonly models: readonly string[];
};

export function RollOutsTable({ rollOuts, total, page, pools, models }: RollOutsTableProps) {
  const t = useTranslations("rollOuts");
  const search = useTableSearch(rollOutSearchParams);
  return (
    <DataTable
      name="roll-outs"
      exportPath="/api/exports/roll-outs"
      caption={t("caption")}
      columns={useRollOutColumns()}
      rows={rollOuts}
      total={total}
      page={page}
      rowId={({ id }) => id}
      rowName={toRuleName}
      search={search}
      searchLabel={t("search")}
      facets={[
        { key: "pool", label: t("columns.pool"), options: pools.map(toOption) },
        { key: "model", label: t("columns.model"), options: models.map(toOption) },
        {
          key: "state",
          label: t("columns.state"),
          options: ROLL_OUT_STATUSES.map((value) => ({ value, label: t(`statuses.${value}`) })),
        },
      ]}
      empty={
        <EmptyState
          icon={<Icon name="hard-drive-download" />}
          title={t("empty.title")}
          description={t("empty.description")}
        />
      }
    />
  );
}

const column = columnsOf<RollOutSummary>();

function useRollOutColumns(): Columns<RollOutSummary> {
  const t = useTranslations("rollOuts");
  const format = useFormatter();
  return useMemo(
    () =>
      column.columns([
        column.display({
          id: "rule",
          header: t("columns.phone"),
          meta: { isRowHeader: true },
          cell: ({ row: { original } }) => <NameLink rollOut={original} />,
        }),
        column.display({
          id: "version",
          header: t("columns.version"),
          cell: ({ row: { original } }) => original.toVersion ?? t("nothing"),
        }),
        column.display({
          id: "state",
          header: t("columns.state"),
          cell: ({ row: { original } }) => <RollOutStatusBadge status={original.status} />,
        }),
        column.display({
          id: "running",
          header: t("columns.running"),
          cell: ({ row: { original } }) => <RunningShare rollOut={original} />,
        }),
        column.display({
          id: "target",
          header: t("columns.target"),
          meta: { align: "end" },
          cell: ({ row: { original } }) =>
            original.target === null ? "" : format.number(original.target),
        }),
        column.display({
          id: "trouble",
          header: t("columns.trouble"),
          meta: { align: "end" },
          cell: ({ row: { original } }) =>
            original.counts === null ? "" : format.number(countTrouble(original.counts)),
        }),
        column.display({
          id: "finish",
          header: t("columns.finish"),
          cell: ({ row: { original } }) => <Finish rollOut={original} />,
        }),
        column.display({
          id: "startedAt",
          header: t("columns.startedAt"),
          cell: ({ row: { original } }) => <Instant date={original.startedAt} />,
        }),
        column.display({
          id: "startedBy",
          header: t("columns.startedBy"),
          meta: { isHiddenAtFirst: true },
          cell: ({ row: { original } }) => original.startedBy,
        }),
        column.display({
          id: "reason",
          header: t("columns.reason"),
          meta: { isHiddenAtFirst: true },
          cell: ({ row: { original } }) => original.reason,
        }),
      ]),
    [t, format],
  );
}

type CellProps = { readonly rollOut: RollOutSummary };

function NameLink({ rollOut }: CellProps) {
  const t = useTranslations("rollOuts.kinds");
  return (
    <>
      <Link href={`/roll-outs/${rollOut.id}`} className="text-link font-medium">
        {toRuleName(rollOut)}
      </Link>
      <span className="block text-xs font-normal text-ink-muted md:flex md:gap-1">
        <span>{t(rollOut.kind)} · </span>
        <Clipped text={rollOut.poolFqdn} className="min-w-0" />
      </span>
    </>
  );
}

function RunningShare({ rollOut: { counts, target } }: CellProps) {
  if (counts === null || target === null || target === 0) {
    return <span className="text-ink-faint">–</span>;
  }
  return (
    <span className="block w-28 space-y-1">
      <ShareText phones={counts.running} target={target} />
      <ShareBar counts={counts} target={target} />
    </span>
  );
}

/** When it ended, or when it is expected to. */
function Finish({ rollOut: { endedAt, expectedFinish } }: CellProps) {
  const t = useTranslations("rollOuts");
  if (endedAt !== null) {
    return <Instant date={endedAt} />;
  }
  return expectedFinish === null ? (
    <span className="text-ink-faint">{t("unknown")}</span>
  ) : (
    <Instant date={expectedFinish} format="full" />
  );
}
