"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "#components/ui/toast";
import { useActionForm } from "#components/forms/use-action-form";
import { Field } from "#components/ui/field";
import { FormDialog } from "#components/ui/form-dialog";
import { Input } from "#components/ui/input";
import { RadioGroup } from "#components/ui/radio";
import { useFailureMessage } from "#components/ui/use-failure-text";
import type { ActionResult } from "#access/auth/action-result";
import type { CaptureSettings } from "#phones/captures/model";
import { CAPTURE_MODES } from "#phones/captures/model";
import type { SetCaptureInput } from "#phones/captures/schema";
import { CAPTURE_LIMITS } from "#phones/captures/schema";

const LIMITS = ["maxBodyBytes", "maxCount", "keepDays", "perMinute"] as const;

export type SetCaptureAction = (input: SetCaptureInput) => Promise<ActionResult<void>>;

type CaptureSettingsDialogProps = {
  readonly settings: CaptureSettings;
  readonly seenAt: string | null;
  readonly submitLabel: string;
  readonly setCapture: SetCaptureAction;
  readonly onClose: () => void;
};

/** Edits whether requests are captured, and how much of them is kept. */
export function CaptureSettingsDialog({
  settings,
  seenAt,
  submitLabel,
  setCapture,
  onClose,
}: CaptureSettingsDialogProps) {
  const t = useTranslations("captures.settings");
  const failureMessage = useFailureMessage();
  const [fields, setFields] = useState(settings);
  const { isBusy, failure, submit } = useActionForm(setCapture);
  return (
    <FormDialog
      title={t("title")}
      description={t("description")}
      submitLabel={submitLabel}
      isBusy={isBusy}
      error={failure && failureMessage(failure, { conflict: t("conflict") })}
      onClose={onClose}
      onSubmit={() =>
        submit({ settings: fields, seenAt }, () => {
          toast.success(t("saved"));
          onClose();
        })
      }
    >
      <RadioGroup
        legend={t("mode")}
        value={fields.mode}
        options={CAPTURE_MODES.map((mode) => ({
          value: mode,
          label: t(`modes.${mode}`),
          hint: t(`hints.${mode}`),
        }))}
        onChange={(mode) => setFields({ ...fields, mode })}
      />
      <div className="grid items-end gap-4 sm:grid-cols-2">
        {LIMITS.map((name) => (
          <Field key={name} label={t(`limits.${name}`)}>
            {(control) => (
              <Input
                {...control}
                type="number"
                required
                min={CAPTURE_LIMITS[name].min}
                max={CAPTURE_LIMITS[name].max}
                value={Number.isNaN(fields[name]) ? "" : fields[name]}
                onChange={(event) => setFields({ ...fields, [name]: event.target.valueAsNumber })}
              />
            )}
          </Field>
        ))}
      </div>
    </FormDialog>
  );
}
