"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useActionForm } from "#components/forms/use-action-form";
import { NewTokenButton } from "#components/tokens/new-token-button";
import type { TokenFormProps } from "#components/tokens/new-token-button";
import { KeepField, TokenNameField } from "#components/tokens/token-fields";
import { FormDialog } from "#components/ui/form-dialog";
import { isRefused, useFailureMessage } from "#components/ui/use-failure-text";
import type { ApiToken } from "#access/accounts/model";
import type { CreateApiTokenInput } from "#access/accounts/schema";
import type { ActionResult } from "#access/auth/action-result";

type NewTokenProps = {
  readonly createApiToken: (
    input: CreateApiTokenInput,
  ) => Promise<ActionResult<{ readonly token: ApiToken; readonly secret: string }>>;
};

export function NewToken({ createApiToken }: NewTokenProps) {
  const t = useTranslations("settings.tokens");
  return (
    <NewTokenButton
      label={t("new")}
      secretTitle={t("secretTitle")}
      form={(form) => <NewTokenDialog {...form} createApiToken={createApiToken} />}
    />
  );
}

const KEEP_DAYS = [30, 90, 365] as const;

function NewTokenDialog({ createApiToken, onCreated, onClose }: NewTokenProps & TokenFormProps) {
  const t = useTranslations("settings.tokens");
  const words = useTranslations("tokens");
  const failureMessage = useFailureMessage();
  const { isBusy, failure, submit } = useActionForm(createApiToken);
  const [name, setName] = useState("");
  const [keepDays, setKeepDays] = useState<number | null>(90);
  return (
    <FormDialog
      title={t("newTitle")}
      description={t("description")}
      submitLabel={words("create")}
      isBusy={isBusy}
      error={failure && failureMessage(failure)}
      onClose={onClose}
      onSubmit={() => submit({ name, keepDays }, onCreated)}
    >
      <TokenNameField
        name={name}
        hint={t("nameHint")}
        isRefused={isRefused(failure, "name")}
        onChange={setName}
      />
      <KeepField keepDays={keepDays} choices={KEEP_DAYS} onChange={setKeepDays} />
    </FormDialog>
  );
}
