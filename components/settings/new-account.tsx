"use client";

import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "#components/ui/toast";
import { PasswordField } from "#components/settings/password-field";
import { RoleField } from "#components/settings/role-field";
import { Button } from "#components/ui/button";
import { FormDialog } from "#components/ui/form-dialog";
import { TextField } from "#components/ui/text-field";
import { useActionForm } from "#components/forms/use-action-form";
import { isRefused, useFailureMessage } from "#components/ui/use-failure-text";
import type { Account } from "#access/accounts/model";
import type { CreateAccountInput } from "#access/accounts/schema";
import type { ActionResult } from "#access/auth/action-result";

type NewAccountProps = {
  readonly createAccount: (input: CreateAccountInput) => Promise<ActionResult<Account>>;
};

export function NewAccount(props: NewAccountProps) {
  const t = useTranslations("settings.accounts.actions");
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>
        <Icon name="plus" />
        {t("new")}
      </Button>
      {isOpen && <NewAccountDialog {...props} onClose={() => setIsOpen(false)} />}
    </>
  );
}

const BLANK: CreateAccountInput = { name: "", password: "", role: "operator" };

function NewAccountDialog({
  createAccount,
  onClose,
}: NewAccountProps & { readonly onClose: () => void }) {
  const t = useTranslations("settings.accounts");
  const failureMessage = useFailureMessage();
  const { isBusy, failure, submit } = useActionForm(createAccount);
  const [fields, setFields] = useState(BLANK);
  return (
    <FormDialog
      title={t("newTitle")}
      submitLabel={t("create")}
      isBusy={isBusy}
      error={failure && failureMessage(failure, { conflict: t("conflict") })}
      onClose={onClose}
      onSubmit={() =>
        submit(fields, () => {
          toast.success(t("created"));
          onClose();
        })
      }
    >
      <TextField
        label={t("name")}
        error={isRefused(failure, "name") ? t("nameError") : undefined}
        required
        maxLength={64}
        autoComplete="off"
        spellCheck={false}
        value={fields.name}
        onChange={(text) => setFields({ ...fields, name: text })}
      />
      <PasswordField
        label={t("password")}
        value={fields.password}
        onChange={(password) => setFields({ ...fields, password })}
        isRefused={isRefused(failure, "password")}
      />
      <RoleField value={fields.role} onChange={(role) => setFields({ ...fields, role })} />
    </FormDialog>
  );
}
