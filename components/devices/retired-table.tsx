"use client";

import { Archive } from "#components/ui/icons";
import { useTranslations } from "next-intl";
import { useQueryStates } from "nuqs";
import { useState } from "react";
import { DataTable } from "#components/data-table/data-table";
import type { Selection } from "#components/data-table/use-selection";
import { useTableSearch } from "#components/data-table/use-table-search";
import { toDeviceName } from "#components/devices/device-name";
import { useRetiredColumns } from "#components/devices/retired-columns";
import { JobDialog, RetirementDialog } from "#components/devices/later-dialogs";
import type { ChangeRetirement } from "#components/devices/retirement-dialog";
import type { StartPhoneJob } from "#components/phone-jobs/job-actions";
import { Button } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import type { RetiredPhone } from "#fleet/devices/model";
import { retiredSearchParams } from "#fleet/devices/retired-search-params";

type RetiredTableProps = {
  readonly devices: readonly RetiredPhone[];
  readonly total: number;
  readonly page: number;
  /** Null if the person has only read access. */
  readonly restore: { readonly phones: ChangeRetirement; readonly matching: StartPhoneJob } | null;
};

type Question = {
  /** Null: all phones that match. */
  readonly phones: readonly RetiredPhone[] | null;
  readonly count: number;
  readonly onDone: () => void;
};

export function RetiredTable({ devices, total, page, restore }: RetiredTableProps) {
  const t = useTranslations("retirement");
  const search = useTableSearch(retiredSearchParams);
  const [{ q }] = useQueryStates(retiredSearchParams);
  const columns = useRetiredColumns();
  const [question, setQuestion] = useState<Question | null>(null);
  return (
    <>
      <DataTable
        name="retired-devices"
        exportPath="/api/exports/retired-devices"
        caption={t("caption")}
        columns={columns}
        rows={devices}
        total={total}
        page={page}
        rowId={({ id }) => id}
        rowName={toDeviceName}
        search={search}
        searchLabel={t("search")}
        canSelectMatching
        empty={
          <EmptyState
            icon={<Archive />}
            title={t("empty.title")}
            description={t("empty.description")}
          />
        }
        {...(restore === null
          ? {}
          : {
              bulkActions: (selection: Selection<RetiredPhone>) => (
                <Button
                  onClick={() =>
                    setQuestion({
                      phones: selection.kind === "rows" ? selection.rows : null,
                      count: selection.count,
                      onDone: selection.clear,
                    })
                  }
                >
                  {t("actions.restore.action")}
                </Button>
              ),
            })}
      />
      {question !== null && restore !== null && (
        <RestoreDialog
          question={question}
          q={q}
          restore={restore}
          onClose={() => setQuestion(null)}
        />
      )}
    </>
  );
}

type RestoreDialogProps = {
  readonly question: Question;
  readonly q: string;
  readonly restore: NonNullable<RetiredTableProps["restore"]>;
  readonly onClose: () => void;
};

function RestoreDialog({ question, q, restore, onClose }: RestoreDialogProps) {
  const { phones, count, onDone } = question;
  return phones === null ? (
    <JobDialog
      intent={{
        input: { kind: "restore", search: { q }, seenCount: count },
        total: count,
        recent: 0,
      }}
      startJob={restore.matching}
      onDone={onDone}
      onClose={onClose}
    />
  ) : (
    <RetirementDialog
      what="restore"
      phones={phones.map((phone) => ({ id: phone.id, name: toDeviceName(phone) }))}
      action={restore.phones}
      onDone={onDone}
      onClose={onClose}
    />
  );
}
