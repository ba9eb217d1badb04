"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { PasswordField } from "#components/settings/password-field";
import { leaveForSignIn } from "#components/shell/leave-for-sign-in";
import { Button } from "#components/ui/button";
import { FailureCallout } from "#components/ui/failure-callout";
import { Card } from "#components/ui/card";
import { CheckboxField } from "#components/ui/checkbox";
import { TextField } from "#components/ui/text-field";
import { useActionForm } from "#components/forms/use-action-form";
import { isRefused } from "#components/ui/use-failure-text";
import type { ChangeOwnPasswordInput } from "#access/accounts/schema";
import type { ActionResult } from "#access/auth/action-result";

type OwnPasswordProps = {
  /** For password managers, which store it with the password. */
  readonly accountName: string;
  readonly changeOwnPassword: (input: ChangeOwnPasswordInput) => Promise<ActionResult<void>>;
};

/** Changes the user's own password. The user then has to sign in again. */
export function OwnPassword({ accountName, changeOwnPassword }: OwnPasswordProps) {
  const t = useTranslations("settings.password");
  const { isBusy, failure, submit } = useActionForm(changeOwnPassword);
  const [currentPassword, setCurrentPassword] = useState("");
  const [password, setPassword] = useState("");
  const [endTokens, setEndTokens] = useState(false);
  return (
    <Card title={t("title")} description={t("description")}>
      <form
        className="max-w-sm space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          submit({ currentPassword, password, endTokens }, () => {
            void leaveForSignIn("password_changed");
          });
        }}
      >
        <FailureCallout failure={failure} />
        <input type="hidden" name="username" autoComplete="username" value={accountName} readOnly />
        <TextField
          label={t("current")}
          error={isRefused(failure, "currentPassword") ? t("currentError") : undefined}
          type="password"
          required
          autoComplete="current-password"
          maxLength={256}
          value={currentPassword}
          onChange={setCurrentPassword}
        />
        <PasswordField
          label={t("new")}
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
        <Button type="submit" isBusy={isBusy}>
          {t("change")}
        </Button>
      </form>
    </Card>
  );
}
