"use client";

import { CircleCheck } from "#components/ui/icons";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { useMemo, useState } from "react";
import { DataTable } from "#components/data-table/data-table";
import { columnsOf } from "#components/data-table/features";
import type { Columns } from "#components/data-table/features";
import type { Selection } from "#components/data-table/use-selection";
import { useTableSearch } from "#components/data-table/use-table-search";
import { JobDialog, RetirementDialog } from "#components/devices/later-dialogs";
import type { ChangeRetirement } from "#components/devices/retirement-dialog";
import type { StartPhoneJob } from "#components/phone-jobs/job-actions";
import { Button } from "#components/ui/button";
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
  /** Null: the person has only read access. */
  readonly retire: { readonly phones: ChangeRetirement; readonly matching: StartPhoneJob } | null;
};

type Question = {
  /** Null: all ghosts. */
  readonly phones: readonly DoubtfulPhone[] | null;
  readonly count: number;
  readonly onDone: () => void;
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
  const tRetirement = useTranslations("retirement.actions");
  const search = useTableSearch(ghostSearchParams);
  const columns = useGhostColumns();
  const [question, setQuestion] = useState<Question | null>(null);
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
        empty={<EmptyState icon={<CircleCheck />} title={t("empty")} />}
        canSelectMatching
        {...(retire === null
          ? {}
          : {
              bulkActions: (selection: Selection<DoubtfulPhone>) => (
                <Button
                  onClick={() =>
                    setQuestion({
                      phones: selection.kind === "rows" ? selection.rows : null,
                      count: selection.count,
                      onDone: selection.clear,
                    })
                  }
                >
                  {tRetirement("retire.action")}
                </Button>
              ),
            })}
      />
      {question !== null && retire !== null && (
        <GhostDialog question={question} retire={retire} onClose={() => setQuestion(null)} />
      )}
    </>
  );
}

type GhostDialogProps = {
  readonly question: Question;
  readonly retire: NonNullable<GhostsTableProps["retire"]>;
  readonly onClose: () => void;
};

function GhostDialog({ question, retire, onClose }: GhostDialogProps) {
  const { phones, count, onDone } = question;
  return phones === null ? (
    <JobDialog
      intent={{ input: { kind: "retire_ghosts", seenCount: count }, total: count, recent: 0 }}
      startJob={retire.matching}
      onDone={onDone}
      onClose={onClose}
    />
  ) : (
    <RetirementDialog
      what="retire"
      phones={phones.map((phone) => ({ id: phone.id, name: phoneName(phone) }))}
      action={retire.phones}
      onDone={onDone}
      onClose={onClose}
    />
  );
}
