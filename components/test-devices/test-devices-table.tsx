"use client";

import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { useCallback, useState } from "react";
import type { ReactNode } from "react";
import { DataTable } from "#components/data-table/data-table";
import type { Selection } from "#components/data-table/use-selection";
import { useTableSearch } from "#components/data-table/use-table-search";
import type { ChangeTestDevice } from "#components/test-devices/edit-test-device";
import type { RemoveTestDevices } from "#components/test-devices/remove-test-devices";
import { useTestDeviceColumns } from "#components/test-devices/test-device-columns";
import type { AskAboutTestDevice } from "#components/test-devices/test-device-menu";
import type { TestDeviceRow } from "#components/test-devices/test-device-row";
import { Button } from "#components/ui/button";
import { EmptyState } from "#components/ui/empty-state";
import type { TestDevice } from "#fleet/test-devices/model";
import { testDeviceSearchParams } from "#fleet/test-devices/search-params";
import { loadLater } from "#components/ui/load-later";

// Loaded when they are first opened.
const EditTestDevice = loadLater(() =>
  import("#components/test-devices/edit-test-device").then((module) => module.EditTestDevice),
);
const RemoveTestDevicesDialog = loadLater(() =>
  import("#components/test-devices/remove-test-devices").then(
    (module) => module.RemoveTestDevicesDialog,
  ),
);

type TestDevicesTableProps = {
  readonly rows: readonly TestDeviceRow[];
  readonly total: number;
  readonly page: number;
  readonly mayChange: boolean;
  readonly changeTestDevice: ChangeTestDevice;
  readonly removeTestDevices: RemoveTestDevices;
  readonly emptyActions: ReactNode;
};

type Question =
  | { readonly what: "edit"; readonly testDevice: TestDevice }
  | {
      readonly what: "remove";
      readonly testDevices: readonly TestDevice[];
      readonly onDone: () => void;
    };

export function TestDevicesTable({
  rows,
  total,
  page,
  mayChange,
  changeTestDevice,
  removeTestDevices,
  emptyActions,
}: TestDevicesTableProps) {
  const t = useTranslations("testDevices");
  const search = useTableSearch(testDeviceSearchParams);
  const [question, setQuestion] = useState<Question | null>(null);
  const ask: AskAboutTestDevice = useCallback((what, testDevice) => {
    setQuestion(
      what === "edit"
        ? { what, testDevice }
        : { what, testDevices: [testDevice], onDone: () => undefined },
    );
  }, []);
  const columns = useTestDeviceColumns(mayChange ? ask : null);

  return (
    <>
      <DataTable
        name="test-devices"
        exportPath="/api/exports/test-devices"
        caption={t("caption")}
        columns={columns}
        rows={rows}
        total={total}
        page={page}
        rowId={({ testDevice }) => testDevice.id}
        rowName={({ testDevice }) => testDevice.name}
        search={search}
        searchLabel={t("search")}
        empty={
          <EmptyState
            icon={<Icon name="phone-forwarded" />}
            title={t("empty.title")}
            description={t("empty.description")}
            actions={emptyActions}
          />
        }
        {...(mayChange
          ? {
              bulkActions: (selection: Selection<TestDeviceRow>) => (
                <Button
                  variant="dangerGhost"
                  onClick={() => {
                    if (selection.kind === "rows") {
                      setQuestion({
                        what: "remove",
                        testDevices: selection.rows.map(({ testDevice }) => testDevice),
                        onDone: selection.clear,
                      });
                    }
                  }}
                >
                  <Icon name="trash-2" />
                  {t("actions.remove")}
                </Button>
              ),
            }
          : {})}
      />
      {question?.what === "edit" && (
        <EditTestDevice
          testDevice={question.testDevice}
          changeTestDevice={changeTestDevice}
          onClose={() => setQuestion(null)}
        />
      )}
      {question?.what === "remove" && (
        <RemoveTestDevicesDialog
          testDevices={question.testDevices}
          removeTestDevices={removeTestDevices}
          onDone={question.onDone}
          onClose={() => setQuestion(null)}
        />
      )}
    </>
  );
}
