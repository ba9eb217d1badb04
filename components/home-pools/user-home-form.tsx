"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "#components/ui/button";
import { Field } from "#components/ui/field";
import { FormDialog } from "#components/ui/form-dialog";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import { useActionForm } from "#components/forms/use-action-form";
import { isRefused, useFailureText } from "#components/ui/use-failure-text";
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
        <Plus aria-hidden />
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
  const failureText = useFailureText();
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
      error={failure && failureText(failure)}
      onClose={onClose}
      onSubmit={() =>
        submit({ sipAddress, poolFqdn, userName }, () => {
          toast.success(t("saved"));
          onClose();
        })
      }
    >
      <Field
        label={t("fields.sipAddress")}
        error={isRefused(failure, "sipAddress") ? t("errors.sipAddress") : undefined}
      >
        {(control) => (
          <Input
            {...control}
            required
            spellCheck={false}
            readOnly={userHome !== null}
            placeholder="adamb@contoso.com"
            value={sipAddress}
            onChange={(event) => setSipAddress(event.target.value)}
          />
        )}
      </Field>
      <Field label={t("fields.pool")}>
        {(control) => (
          <Select
            {...control}
            required
            value={poolFqdn}
            onChange={(event) => setPoolFqdn(event.target.value)}
          >
            {poolNames.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field
        label={t("fields.userName")}
        aside={t("fields.optional")}
        hint={t("fields.userNameHint")}
        error={isRefused(failure, "userName") ? t("errors.userName") : undefined}
      >
        {(control) => (
          <Input
            {...control}
            spellCheck={false}
            maxLength={256}
            value={userName}
            onChange={(event) => setUserName(event.target.value)}
          />
        )}
      </Field>
    </FormDialog>
  );
}
