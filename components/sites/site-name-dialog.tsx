"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { FormDialog } from "#components/ui/form-dialog";
import { TextField } from "#components/ui/text-field";
import { isRefused, useFailureMessage } from "#components/ui/use-failure-text";
import type { Failure } from "#components/ui/use-failure-text";

type SiteNameDialogProps = {
  readonly title: string;
  readonly submitLabel: string;
  readonly initial: string;
  readonly isBusy: boolean;
  readonly failure: Failure | null;
  readonly onSubmit: (name: string) => void;
  readonly onClose: () => void;
};

/** The form for the name of a new or an existing site. */
export function SiteNameDialog({
  title,
  submitLabel,
  initial,
  isBusy,
  failure,
  onSubmit,
  onClose,
}: SiteNameDialogProps) {
  const t = useTranslations("sites");
  const failureMessage = useFailureMessage();
  const [name, setName] = useState(initial);
  return (
    <FormDialog
      title={title}
      submitLabel={submitLabel}
      isBusy={isBusy}
      error={failure && failureMessage(failure, { conflict: t("conflict") })}
      onClose={onClose}
      onSubmit={() => onSubmit(name)}
    >
      <TextField
        label={t("fields.name")}
        error={isRefused(failure, "name") ? t("fields.nameError") : undefined}
        required
        maxLength={64}
        autoComplete="off"
        value={name}
        onChange={setName}
      />
    </FormDialog>
  );
}
