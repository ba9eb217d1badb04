"use client";

import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { toast } from "#components/ui/toast";
import { toExportPath } from "#components/data-table/table-state";
import type { TableState } from "#components/data-table/table-state";
import type { Selection } from "#components/data-table/use-selection";
import { toDeviceName } from "#components/devices/device-name";
import { JobDialog, RetirementDialog } from "#components/devices/later-dialogs";
import type { ChangeRetirement } from "#components/devices/retirement-dialog";
import type {
  MakeTestDevices,
  PreviewMatching,
  StartPhoneJob,
} from "#components/phone-jobs/job-actions";
import { attemptAction } from "#components/forms/attempt-action";
import { Button } from "#components/ui/button";
import { downloadFile } from "#components/ui/download-file";
import { useFailureMessage } from "#components/ui/use-failure-text";
import type { DeviceRow } from "#components/devices/device-row";
import { toQueryValues } from "#foundation/core/query-list";
import type { JobPreview } from "#phones/phone-jobs/model";
import { MAX_EXPORTED_IDS } from "#phones/exports/model";
import type { PhoneSearch } from "#phones/phone-jobs/schema";
import { loadLater } from "#components/ui/load-later";

// Loaded when it is first opened.
const TestDevicesDialog = loadLater(() =>
  import("#components/phone-jobs/test-devices-dialog").then((module) => module.TestDevicesDialog),
);

/** The actions that the person may use; null: not allowed. */
export type DeviceBulkActions = {
  readonly retire: {
    readonly phones: ChangeRetirement;
    readonly matching: StartPhoneJob;
  } | null;
  readonly makeTestDevices: MakeTestDevices | null;
  readonly preview: PreviewMatching;
};

type Subject =
  | { readonly kind: "rows"; readonly rows: readonly DeviceRow[] }
  | { readonly kind: "matching"; readonly search: PhoneSearch; readonly preview: JobPreview };

export type BulkQuestion = {
  readonly what: "retire" | "test_devices";
  readonly subject: Subject;
  readonly onDone: () => void;
};

type BulkButtonsProps = {
  readonly actions: DeviceBulkActions;
  readonly selection: Selection<DeviceRow>;
  readonly search: PhoneSearch;
  /** The state of the list: an export has its order. */
  readonly state: TableState;
  readonly onAsk: (question: BulkQuestion) => void;
};

/** The buttons for the selected phones. For all matching phones, the server counts them before the question is asked. */
export function DeviceBulkButtons({ actions, selection, search, state, onAsk }: BulkButtonsProps) {
  const t = useTranslations("retirement.actions");
  const failureMessage = useFailureMessage();
  const [isBusy, startWork] = useTransition();

  function ask(what: BulkQuestion["what"]) {
    const onDone = selection.clear;
    if (selection.kind === "rows") {
      onAsk({ what, subject: { kind: "rows", rows: selection.rows }, onDone });
      return;
    }
    startWork(async () => {
      const counted = await attemptAction(actions.preview, search);
      if (counted.ok) {
        onAsk({ what, subject: { kind: "matching", search, preview: counted.value }, onDone });
      } else {
        toast.error(failureMessage(counted));
      }
    });
  }

  function exportPhones() {
    if (selection.count > MAX_EXPORTED_IDS && selection.kind === "rows") {
      toast.error(t("tooManyExported", { most: MAX_EXPORTED_IDS }));
      return;
    }
    downloadFile(exportPathOf(selection, state));
  }

  return (
    <>
      {actions.makeTestDevices !== null && (
        <Button isBusy={isBusy} onClick={() => ask("test_devices")}>
          <Icon name="phone-forwarded" />
          {t("testDevices.action")}
        </Button>
      )}
      <Button onClick={exportPhones}>
        <Icon name="download" />
        {t("export")}
      </Button>
      {actions.retire !== null && (
        <Button isBusy={isBusy} onClick={() => ask("retire")}>
          <Icon name="archive" />
          {t("retire.action")}
        </Button>
      )}
    </>
  );
}

/** The selected phones, or all that match, in the order of the list: the export of the list in both cases. */
function exportPathOf(selection: Selection<DeviceRow>, state: TableState): string {
  const path = "/api/exports/devices";
  if (selection.kind === "matching") {
    return toExportPath(path, state, "csv");
  }
  const query = new URLSearchParams({ id: toQueryValues(selection.ids) });
  return toExportPath(`${path}?${query.toString()}`, { ...state, q: "", filters: {} }, "csv");
}

type BulkDialogProps = {
  readonly question: BulkQuestion;
  readonly actions: DeviceBulkActions;
  readonly onClose: () => void;
};

/** Asks before an action on the selected phones. */
export function DeviceBulkDialog({ question, actions, onClose }: BulkDialogProps) {
  const { what, subject, onDone } = question;
  if (what === "test_devices") {
    return actions.makeTestDevices === null ? null : (
      <TestDevicesDialog
        target={
          subject.kind === "rows"
            ? { deviceIds: subject.rows.map(({ id }) => id) }
            : { search: subject.search, seenCount: subject.preview.total }
        }
        count={subject.kind === "rows" ? subject.rows.length : subject.preview.total}
        makeTestDevices={actions.makeTestDevices}
        onDone={onDone}
        onClose={onClose}
      />
    );
  }
  if (actions.retire === null) {
    return null;
  }
  return subject.kind === "rows" ? (
    <RetirementDialog
      what="retire"
      phones={subject.rows.map((phone) => ({ id: phone.id, name: toDeviceName(phone) }))}
      action={actions.retire.phones}
      onDone={onDone}
      onClose={onClose}
    />
  ) : (
    <JobDialog
      intent={{
        input: { kind: "retire", search: subject.search, seenCount: subject.preview.total },
        ...subject.preview,
      }}
      startJob={actions.retire.matching}
      onDone={onDone}
      onClose={onClose}
    />
  );
}
