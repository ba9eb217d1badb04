"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ReactNode } from "react";
import type { Selection } from "#components/data-table/use-selection";
import { JobDialog, RetirementDialog } from "#components/devices/later-dialogs";
import type { ChangeRetirement } from "#components/devices/retirement-dialog";
import type { StartPhoneJob } from "#components/phone-jobs/job-actions";
import type { JobIntent } from "#components/phone-jobs/job-dialog";
import { Button } from "#components/ui/button";

/** Null: the person has only read access. */
export type BulkRetirement = {
  readonly phones: ChangeRetirement;
  readonly matching: StartPhoneJob;
} | null;

type BulkRetirementOptions<Phone> = {
  readonly what: "retire" | "restore";
  readonly actions: BulkRetirement;
  readonly toName: (phone: Phone) => string;
  /** The job for all phones of the list, of which the person saw this number. */
  readonly toJob: (seenCount: number) => JobIntent["input"];
};

/** The one action of a list of phones, for selected phones and for all that match: its button and its question. */
export function useBulkRetirement<Phone extends { readonly id: string }>({
  what,
  actions,
  toName,
  toJob,
}: BulkRetirementOptions<Phone>) {
  const t = useTranslations("retirement.actions");
  const [selection, ask] = useState<Selection<Phone> | null>(null);
  if (actions === null) {
    return { table: {}, dialog: null };
  }
  const bulkActions = (selected: Selection<Phone>): ReactNode => (
    <Button onClick={() => ask(selected)}>{t(`${what}.action`)}</Button>
  );
  return {
    table: { bulkActions },
    dialog:
      selection === null ? null : selection.kind === "rows" ? (
        <RetirementDialog
          what={what}
          phones={selection.rows.map((phone) => ({ id: phone.id, name: toName(phone) }))}
          action={actions.phones}
          onDone={selection.clear}
          onClose={() => ask(null)}
        />
      ) : (
        <JobDialog
          intent={{ input: toJob(selection.count), total: selection.count, recent: 0 }}
          startJob={actions.matching}
          onDone={selection.clear}
          onClose={() => ask(null)}
        />
      ),
  };
}
