"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { DeviceSecretDialog } from "#components/device-tokens/device-secret-dialog";
import { Button } from "#components/ui/button";
import { Field } from "#components/ui/field";
import { FormDialog } from "#components/ui/form-dialog";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import { useActionForm } from "#components/forms/use-action-form";
import { isRefused, useFailureText } from "#components/ui/use-failure-text";
import type { ActionResult } from "#lib/auth/action-result";
import type { DeviceToken } from "#lib/device-tokens/model";
import type { CreateDeviceTokenInput } from "#lib/device-tokens/schema";

type NewDeviceTokenProps = {
  readonly createDeviceToken: (
    input: CreateDeviceTokenInput,
  ) => Promise<ActionResult<{ readonly token: DeviceToken; readonly secret: string }>>;
};

type Step =
  | { readonly kind: "closed" }
  | { readonly kind: "asking" }
  | { readonly kind: "created"; readonly secret: string };

/** Makes a token for a phone and shows its secret: once, because only its hash is kept. */
export function NewDeviceToken({ createDeviceToken }: NewDeviceTokenProps) {
  const t = useTranslations("deviceTokens");
  const [step, setStep] = useState<Step>({ kind: "closed" });
  const close = () => setStep({ kind: "closed" });
  return (
    <>
      <Button variant="primary" onClick={() => setStep({ kind: "asking" })}>
        <Plus aria-hidden />
        {t("new")}
      </Button>
      {step.kind === "asking" && (
        <NewDeviceTokenDialog
          createDeviceToken={createDeviceToken}
          onCreated={(secret) => setStep({ kind: "created", secret })}
          onClose={close}
        />
      )}
      {step.kind === "created" && <DeviceSecretDialog secret={step.secret} onClose={close} />}
    </>
  );
}

const KEEP_DAYS = [90, 365, 1095] as const;
const FOR_EVER = "";

type NewDeviceTokenDialogProps = NewDeviceTokenProps & {
  readonly onCreated: (secret: string) => void;
  readonly onClose: () => void;
};

function NewDeviceTokenDialog({
  createDeviceToken,
  onCreated,
  onClose,
}: NewDeviceTokenDialogProps) {
  const t = useTranslations("deviceTokens.add");
  const failureText = useFailureText();
  const { isBusy, failure, submit } = useActionForm(createDeviceToken);
  const [name, setName] = useState("");
  const [mac, setMac] = useState("");
  const [keepDays, setKeepDays] = useState("365");
  const macAddress = mac.trim() === "" ? null : mac;
  return (
    <FormDialog
      title={t("title")}
      description={t("description")}
      submitLabel={t("submit")}
      isBusy={isBusy}
      error={failure && failureText(failure)}
      onClose={onClose}
      onSubmit={() =>
        submit(
          { name, macAddress, keepDays: keepDays === FOR_EVER ? null : Number(keepDays) },
          ({ secret }) => onCreated(secret),
        )
      }
    >
      <Field
        label={t("name")}
        hint={t("nameHint")}
        error={isRefused(failure, "name") ? t("nameError") : undefined}
      >
        {(control) => (
          <Input
            {...control}
            required
            maxLength={64}
            autoComplete="off"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Field
        label={t("mac")}
        hint={t("macHint")}
        error={isRefused(failure, "macAddress") ? t("macError") : undefined}
      >
        {(control) => (
          <Input
            {...control}
            maxLength={48}
            autoComplete="off"
            placeholder="00-04-F2-00-01-76"
            value={mac}
            onChange={(event) => setMac(event.target.value)}
          />
        )}
      </Field>
      <KeepField keepDays={keepDays} onChange={setKeepDays} />
    </FormDialog>
  );
}

type KeepFieldProps = {
  readonly keepDays: string;
  readonly onChange: (keepDays: string) => void;
};

function KeepField({ keepDays, onChange }: KeepFieldProps) {
  const t = useTranslations("deviceTokens");
  return (
    <Field label={t("add.keep")}>
      {(control) => (
        <Select {...control} value={keepDays} onChange={(event) => onChange(event.target.value)}>
          {KEEP_DAYS.map((days) => (
            <option key={days} value={days}>
              {t("days", { count: days })}
            </option>
          ))}
          <option value={FOR_EVER}>{t("neverEnds")}</option>
        </Select>
      )}
    </Field>
  );
}
