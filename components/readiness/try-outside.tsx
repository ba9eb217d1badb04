"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#components/ui/button";
import { FormDialog } from "#components/ui/form-dialog";
import { TextField } from "#components/ui/text-field";
import { useActionForm } from "#components/forms/use-action-form";
import { isRefused, useFailureMessage } from "#components/ui/use-failure-text";
import type { ActionResult } from "#access/auth/action-result";
import type { ReadinessReport } from "#programs/readiness/model";
import type { RunReadinessInput } from "#programs/readiness/settings";

export type RunReadiness = (input: RunReadinessInput) => Promise<ActionResult<ReadinessReport>>;

type TryOutsideProps = {
  readonly run: RunReadiness;
  readonly onReport: (report: ReadinessReport) => void;
};

/** Starts a run with a user's credentials, which are held only in the open dialog. */
export function TryOutsideButton(props: TryOutsideProps) {
  const t = useTranslations("readiness.outside");
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>{t("open")}</Button>
      {isOpen && <TryOutsideDialog {...props} onClose={() => setIsOpen(false)} />}
    </>
  );
}

function TryOutsideDialog({
  run,
  onReport,
  onClose,
}: TryOutsideProps & { readonly onClose: () => void }) {
  const t = useTranslations("readiness.outside");
  const failureMessage = useFailureMessage();
  const { isBusy, failure, submit } = useActionForm(run);
  const [userName, setUserName] = useState("");
  const [password, setPassword] = useState("");
  return (
    <FormDialog
      title={t("title")}
      description={t("description")}
      submitLabel={t("submit")}
      isBusy={isBusy}
      error={failure && failureMessage(failure)}
      onClose={onClose}
      onSubmit={() =>
        submit({ credentials: { userName, password } }, (report) => {
          onReport(report);
          onClose();
        })
      }
    >
      <TextField
        label={t("userName")}
        hint={t("userNameHint")}
        error={isRefused(failure, "credentials.userName") ? t("errors.userName") : undefined}
        autoComplete="off"
        spellCheck={false}
        value={userName}
        onChange={setUserName}
      />
      <TextField
        label={t("password")}
        error={isRefused(failure, "credentials.password") ? t("errors.password") : undefined}
        type="password"
        autoComplete="off"
        value={password}
        onChange={setPassword}
      />
    </FormDialog>
  );
}
