"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useActionForm } from "#components/forms/use-action-form";
import { NewTokenButton } from "#components/tokens/new-token-button";
import type { TokenFormProps } from "#components/tokens/new-token-button";
import { KeepField, TokenNameField } from "#components/tokens/token-fields";
import { FormDialog } from "#components/ui/form-dialog";
import { TextField } from "#components/ui/text-field";
import { isRefused, useFailureMessage } from "#components/ui/use-failure-text";
import type { ActionResult } from "#access/auth/action-result";
import type { DeviceToken } from "#access/device-tokens/model";
import type { CreateDeviceTokenInput } from "#access/device-tokens/schema";

export type NewDeviceTokenProps = {
  readonly createDeviceToken: (
    input: CreateDeviceTokenInput,
  ) => Promise<ActionResult<{ readonly token: DeviceToken; readonly secret: string }>>;
};

export function NewDeviceToken({ createDeviceToken }: NewDeviceTokenProps) {
  const t = useTranslations("deviceTokens");
  return (
    <NewTokenButton
      label={t("new")}
      isPrimary
      secretTitle={t("created.title")}
      usage={t("created.usage")}
      form={(form) => <NewDeviceTokenDialog {...form} createDeviceToken={createDeviceToken} />}
    />
  );
}

const KEEP_DAYS = [90, 365, 1095] as const;

function NewDeviceTokenDialog({
  createDeviceToken,
  onCreated,
  onClose,
}: NewDeviceTokenProps & TokenFormProps) {
  const t = useTranslations("deviceTokens.add");
  const words = useTranslations("tokens");
  const failureMessage = useFailureMessage();
  const { isBusy, failure, submit } = useActionForm(createDeviceToken);
  const [name, setName] = useState("");
  const [mac, setMac] = useState("");
  const [keepDays, setKeepDays] = useState<number | null>(365);
  const macAddress = mac.trim() === "" ? null : mac;
  return (
    <FormDialog
      title={t("title")}
      description={t("description")}
      submitLabel={words("create")}
      isBusy={isBusy}
      error={failure && failureMessage(failure)}
      onClose={onClose}
      onSubmit={() => submit({ name, macAddress, keepDays }, onCreated)}
    >
      <TokenNameField
        name={name}
        hint={t("nameHint")}
        isRefused={isRefused(failure, "name")}
        onChange={setName}
      />
      <TextField
        label={t("mac")}
        hint={t("macHint")}
        error={isRefused(failure, "macAddress") ? t("macError") : undefined}
        maxLength={48}
        autoComplete="off"
        placeholder="00-04-F2-00-01-76"
        value={mac}
        onChange={setMac}
      />
      <KeepField keepDays={keepDays} choices={KEEP_DAYS} onChange={setKeepDays} />
    </FormDialog>
  );
}
