"use client";

import { useTranslations } from "next-intl";
import { toast } from "#components/ui/toast";
import { ConfirmAction } from "#components/forms/confirm-action";
import type { ActionResult } from "#access/auth/action-result";
import { useJoined } from "#components/ui/use-joined";
import type { TestDevice } from "#fleet/test-devices/model";
import type { RemoveTestDevicesInput } from "#fleet/test-devices/schema";

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
  const joined = useJoined();
  return (
    <ConfirmAction
      title={t("remove.title", { count: testDevices.length })}
      description={t("remove.description")}
      confirmLabel={t("actions.remove")}
      isDangerous
      action={removeTestDevices}
      input={{ testDeviceIds: testDevices.map(({ id }) => id) }}
      onDone={({ removed }) => {
        toast.success(t("removed", { count: removed }));
        onDone();
      }}
      onClose={onClose}
    >
      <p className="text-[0.8125rem]">{joined(testDevices.map(({ name }) => name))}</p>
    </ConfirmAction>
  );
}
