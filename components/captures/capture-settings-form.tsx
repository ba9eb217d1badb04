"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { Card } from "#components/ui/card";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { RadioGroup } from "#components/ui/radio";
import { useActionForm } from "#components/forms/use-action-form";
import { useFailureText } from "#components/ui/use-failure-text";
import type { ActionResult } from "#lib/auth/action-result";
import type { CaptureSettings } from "#lib/captures/model";
import { CAPTURE_MODES } from "#lib/captures/model";
import type { SetCaptureInput } from "#lib/captures/schema";
import { CAPTURE_LIMITS } from "#lib/captures/schema";

const LIMITS = ["maxBodyBytes", "maxCount", "keepDays", "perMinute"] as const;

type CaptureSettingsFormProps = {
  readonly settings: CaptureSettings;
  readonly seenAt: string | null;
  /** Null where the reader may only look. */
  readonly setCapture: ((input: SetCaptureInput) => Promise<ActionResult<void>>) | null;
};

/** Whether requests are captured, and how much of them is kept. */
export function CaptureSettingsForm({ settings, seenAt, setCapture }: CaptureSettingsFormProps) {
  const t = useTranslations("captures.settings");
  const failureText = useFailureText();
  const [fields, setFields] = useState(settings);
  const { isBusy, failure, submit } = useActionForm(setCapture ?? refuse);
  const isFixed = setCapture === null;
  return (
    <Card title={t("title")} description={t("description")}>
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          submit({ settings: fields, seenAt }, () => toast.success(t("saved")));
        }}
      >
        {failure !== null && (
          <Callout tone="bad" role="alert">
            {failureText(failure, { conflict: t("conflict") })}
          </Callout>
        )}
        <RadioGroup
          legend={t("mode")}
          value={fields.mode}
          options={CAPTURE_MODES.map((mode) => ({
            value: mode,
            label: t(`modes.${mode}`),
            hint: t(`hints.${mode}`),
            isDisabled: isFixed,
          }))}
          onChange={(mode) => setFields({ ...fields, mode })}
        />
        <div className="grid gap-4 sm:grid-cols-2">
          {LIMITS.map((name) => (
            <Field key={name} label={t(`limits.${name}`)}>
              {(control) => (
                <Input
                  {...control}
                  type="number"
                  required
                  disabled={isFixed}
                  min={CAPTURE_LIMITS[name].min}
                  max={CAPTURE_LIMITS[name].max}
                  value={fields[name]}
                  onChange={(event) => setFields({ ...fields, [name]: event.target.valueAsNumber })}
                />
              )}
            </Field>
          ))}
        </div>
        {!isFixed && (
          <Button type="submit" variant="primary" isBusy={isBusy}>
            {t("save")}
          </Button>
        )}
      </form>
    </Card>
  );
}

/** Never called: without an action there is no button. */
function refuse(): Promise<ActionResult<void>> {
  return Promise.resolve({
    ok: false,
    code: "forbidden",
    message: "",
    fields: [],
    requestId: "",
  });
}
