"use client";

import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "#components/ui/toast";
import { IdentifierFields } from "#components/test-devices/identifier-fields";
import type { Identifier } from "#components/test-devices/identifier-fields";
import { Button } from "#components/ui/button";
import { FormDialog } from "#components/ui/form-dialog";
import { SelectField, TextField } from "#components/ui/text-field";
import { useActionForm } from "#components/forms/use-action-form";
import { isRefused, useFailureMessage } from "#components/ui/use-failure-text";
import type { ActionResult } from "#access/auth/action-result";
import type { TestDevice } from "#fleet/test-devices/model";
import type { CreateTestDeviceInput } from "#fleet/test-devices/schema";

export type CreateTestDevice = (input: CreateTestDeviceInput) => Promise<ActionResult<TestDevice>>;

type NewTestDeviceProps = {
  readonly siteNames: readonly string[];
  readonly createTestDevice: CreateTestDevice;
};

export function NewTestDevice(props: NewTestDeviceProps) {
  const t = useTranslations("testDevices");
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button variant="primary" onClick={() => setIsOpen(true)}>
        <Icon name="plus" />
        {t("actions.new")}
      </Button>
      {isOpen && <NewTestDeviceDialog {...props} onClose={() => setIsOpen(false)} />}
    </>
  );
}

/** The value for all sites. Names of sites are never empty. */
const EVERYWHERE = "";

function NewTestDeviceDialog({
  siteNames,
  createTestDevice,
  onClose,
}: NewTestDeviceProps & { readonly onClose: () => void }) {
  const t = useTranslations("testDevices");
  const failureMessage = useFailureMessage();
  const { isBusy, failure, submit } = useActionForm(createTestDevice);
  const [name, setName] = useState("");
  const [siteName, setSiteName] = useState(EVERYWHERE);
  const [identifier, setIdentifier] = useState<Identifier>({
    identifierType: "MACAddress",
    identifier: "",
  });
  const own = { conflict: t("conflict"), not_found: t("notFound") };

  return (
    <FormDialog
      title={t("new.title")}
      description={t("new.description")}
      submitLabel={t("new.submit")}
      isBusy={isBusy}
      error={failure && failureMessage(failure, own)}
      onClose={onClose}
      onSubmit={() =>
        submit({ ...identifier, name, siteName: siteName === EVERYWHERE ? null : siteName }, () => {
          toast.success(t("created"));
          onClose();
        })
      }
    >
      <TextField
        label={t("fields.name")}
        hint={t("fields.nameHint")}
        error={isRefused(failure, "name") ? t("fields.nameError") : undefined}
        required
        maxLength={64}
        autoComplete="off"
        value={name}
        onChange={setName}
      />
      <IdentifierFields
        value={identifier}
        onChange={setIdentifier}
        isRefused={isRefused(failure, "identifier")}
      />
      <SelectField label={t("fields.scope")} value={siteName} onChange={setSiteName}>
        <option value={EVERYWHERE}>{t("everywhere")}</option>
        {siteNames.map((site) => (
          <option key={site} value={site}>
            {t("site", { site })}
          </option>
        ))}
      </SelectField>
    </FormDialog>
  );
}
