"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "#components/ui/toast";
import { PasswordField } from "#components/settings/password-field";
import { RoleField } from "#components/settings/role-field";
import { CheckboxField } from "#components/ui/checkbox";
import { FormDialog } from "#components/ui/form-dialog";
import { useActionForm } from "#components/forms/use-action-form";
import { isRefused, useFailureMessage } from "#components/ui/use-failure-text";
import type { Account } from "#access/accounts/model";
import type { ChangeAccountInput } from "#access/accounts/schema";
import type { ActionResult } from "#access/auth/action-result";

type ChangeProps = {
  readonly account: Account;
  readonly actions: {
    readonly changeAccount: (input: ChangeAccountInput) => Promise<ActionResult<void>>;
  };
  readonly onClose: () => void;
};

export function ChangeRole({ account, actions, onClose }: ChangeProps) {
  const t = useTranslations("settings.accounts");
  const failureMessage = useFailureMessage();
  const { isBusy, failure, submit } = useActionForm(actions.changeAccount);
  const [role, setRole] = useState(account.role);
  return (
    <FormDialog
      title={t("roleOf", { name: account.name })}
      description={t("roleOfDescription")}
      submitLabel={t("save")}
      isBusy={isBusy}
      error={failure && failureMessage(failure, { invalid_state: t("invalidState") })}
      onClose={onClose}
      onSubmit={() =>
        submit({ accountId: account.id, role }, () => {
          toast.success(t("changed"));
          onClose();
        })
      }
    >
      <RoleField value={role} onChange={setRole} />
    </FormDialog>
  );
}

export function ChangePassword({ account, actions, onClose }: ChangeProps) {
  const t = useTranslations("settings.accounts");
  const failureMessage = useFailureMessage();
  const { isBusy, failure, submit } = useActionForm(actions.changeAccount);
  const [password, setPassword] = useState("");
  const [endTokens, setEndTokens] = useState(false);
  return (
    <FormDialog
      title={t("passwordOf", { name: account.name })}
      description={t("passwordOfDescription")}
      submitLabel={t("save")}
      isBusy={isBusy}
      error={failure && failureMessage(failure)}
      onClose={onClose}
      onSubmit={() =>
        submit({ accountId: account.id, password, endTokens }, () => {
          toast.success(t("changed"));
          onClose();
        })
      }
    >
      <PasswordField
        label={t("password")}
        value={password}
        onChange={setPassword}
        isRefused={isRefused(failure, "password")}
      />
      <CheckboxField
        label={t("endTokens")}
        hint={t("endTokensHint")}
        checked={endTokens}
        onChange={(event) => setEndTokens(event.target.checked)}
      />
    </FormDialog>
  );
}
