"use client";

import { useTranslations } from "next-intl";
import { toast } from "sonner";
import { Callout } from "#components/ui/callout";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { useActionForm } from "#components/forms/use-action-form";
import { useFailureText } from "#components/ui/use-failure-text";
import type { ActionResult } from "#lib/auth/action-result";
import type { TestDevice } from "#lib/test-devices/model";
import type { RemoveTestDevicesInput } from "#lib/test-devices/schema";

export type RemoveTestDevices = (
  input: RemoveTestDevicesInput,
) => Promise<ActionResult<{ readonly removed: number }>>;

type RemoveTestDevicesDialogProps = {
  readonly testDevices: readonly TestDevice[];
  readonly removeTestDevices: RemoveTestDevices;
  readonly onDone: () => void;
  readonly onClose: () => void;
};

export function RemoveTestDevicesDialog({
  testDevices,
  removeTestDevices,
  onDone,
  onClose,
}: RemoveTestDevicesDialogProps) {
  const t = useTranslations("testDevices");
  const failureText = useFailureText();
  const { isBusy, failure, submit } = useActionForm(removeTestDevices);
  return (
    <ConfirmDialog
      isOpen
      onOpenChange={onClose}
      title={t("remove.title", { count: testDevices.length })}
      description={t("remove.description")}
      confirmLabel={t("actions.remove")}
      isDangerous
      isBusy={isBusy}
      onConfirm={() =>
        submit({ testDeviceIds: testDevices.map(({ id }) => id) }, ({ removed }) => {
          toast.success(t("removed", { count: removed }));
          onDone();
          onClose();
        })
      }
    >
      <p className="text-[0.8125rem]">{testDevices.map(({ name }) => name).join(", ")}</p>
      {failure !== null && (
        <Callout tone="bad" role="alert">
          {failureText(failure)}
        </Callout>
      )}
    </ConfirmDialog>
  );
}
