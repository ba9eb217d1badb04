"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "#components/ui/toast";
import { IdentifierFields } from "#components/test-devices/identifier-fields";
import type { Identifier } from "#components/test-devices/identifier-fields";
import { FormDialog } from "#components/ui/form-dialog";
import { useActionForm } from "#components/forms/use-action-form";
import { isRefused, useFailureMessage } from "#components/ui/use-failure-text";
import type { ActionResult } from "#access/auth/action-result";
import type { TestDevice } from "#fleet/test-devices/model";
import { formatIdentifier } from "#fleet/test-devices/read-identifiers";
import type { ChangeTestDeviceInput } from "#fleet/test-devices/schema";

export type ChangeTestDevice = (input: ChangeTestDeviceInput) => Promise<ActionResult<void>>;

type EditTestDeviceProps = {
  readonly testDevice: TestDevice;
  readonly changeTestDevice: ChangeTestDevice;
  readonly onClose: () => void;
};

/** Changes the identifier of a test device, for a phone that was replaced. */
export function EditTestDevice({ testDevice, changeTestDevice, onClose }: EditTestDeviceProps) {
  const t = useTranslations("testDevices");
  const failureMessage = useFailureMessage();
  const { isBusy, failure, submit } = useActionForm(changeTestDevice);
  const [identifier, setIdentifier] = useState<Identifier>({
    identifierType: testDevice.identifierType,
    identifier: formatIdentifier(testDevice),
  });
  const own = { conflict: t("conflict"), not_found: t("notFound") };

  return (
    <FormDialog
      title={t("edit.title", { name: testDevice.name })}
      description={t("edit.description")}
      submitLabel={t("edit.submit")}
      isBusy={isBusy}
      error={failure && failureMessage(failure, own)}
      onClose={onClose}
      onSubmit={() =>
        submit({ ...identifier, testDeviceId: testDevice.id }, () => {
          toast.success(t("changed"));
          onClose();
        })
      }
    >
      <IdentifierFields
        value={identifier}
        onChange={setIdentifier}
        isRefused={isRefused(failure, "identifier")}
      />
    </FormDialog>
  );
}
