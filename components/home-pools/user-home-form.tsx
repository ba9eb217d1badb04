"use client";

import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "#components/ui/toast";
import { Button } from "#components/ui/button";
import { FormDialog } from "#components/ui/form-dialog";
import { SelectField, TextField } from "#components/ui/text-field";
import { useActionForm } from "#components/forms/use-action-form";
import { isRefused, useFailureMessage } from "#components/ui/use-failure-text";
import type { ActionResult } from "#access/auth/action-result";
import type { UserHome } from "#phones/home-pools/model";
import type { SetUserHomeInput } from "#phones/home-pools/schema";

export type SetUserHome = (input: SetUserHomeInput) => Promise<ActionResult<UserHome>>;

type NewUserHomeProps = {
  readonly poolNames: readonly string[];
  readonly setUserHome: SetUserHome;
};

export function NewUserHome(props: NewUserHomeProps) {
  const t = useTranslations("homes.actions");
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button variant="primary" onClick={() => setIsOpen(true)}>
        <Icon name="plus" />
        {t("new")}
      </Button>
      {isOpen && <UserHomeDialog {...props} userHome={null} onClose={() => setIsOpen(false)} />}
    </>
  );
}

type UserHomeDialogProps = NewUserHomeProps & {
  /** Null when adding a user. */
  readonly userHome: UserHome | null;
  readonly onClose: () => void;
};

export function UserHomeDialog({ userHome, poolNames, setUserHome, onClose }: UserHomeDialogProps) {
  const t = useTranslations("homes");
  const failureMessage = useFailureMessage();
  const { isBusy, failure, submit } = useActionForm(setUserHome);
  const initial = userHome ?? { sipAddress: "", userName: "", poolFqdn: poolNames[0] ?? "" };
  const [sipAddress, setSipAddress] = useState(initial.sipAddress);
  const [userName, setUserName] = useState(initial.userName);
  const [poolFqdn, setPoolFqdn] = useState(initial.poolFqdn);
  return (
    <FormDialog
      title={t("form.title")}
      submitLabel={t("form.submit")}
      isBusy={isBusy}
      error={failure && failureMessage(failure)}
      onClose={onClose}
      onSubmit={() =>
        submit({ sipAddress, poolFqdn, userName }, () => {
          toast.success(t("saved"));
          onClose();
        })
      }
    >
      <TextField
        label={t("fields.sipAddress")}
        error={isRefused(failure, "sipAddress") ? t("errors.sipAddress") : undefined}
        required
        spellCheck={false}
        readOnly={userHome !== null}
        placeholder="adamb@contoso.com"
        value={sipAddress}
        onChange={setSipAddress}
      />
      <SelectField label={t("fields.pool")} required value={poolFqdn} onChange={setPoolFqdn}>
        {poolNames.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </SelectField>
      <TextField
        label={t("fields.userName")}
        aside={t("fields.optional")}
        hint={t("fields.userNameHint")}
        error={isRefused(failure, "userName") ? t("errors.userName") : undefined}
        spellCheck={false}
        maxLength={256}
        value={userName}
        onChange={setUserName}
      />
    </FormDialog>
  );
}
