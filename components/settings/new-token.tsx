"use client";

import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { Code } from "#components/ui/code";
import { CopyButton } from "#components/ui/copy-button";
import { Dialog } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { FormDialog } from "#components/ui/form-dialog";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";
import { useActionForm } from "#components/forms/use-action-form";
import { isRefused, useFailureText } from "#components/ui/use-failure-text";
import type { ApiToken } from "#lib/accounts/model";
import type { CreateApiTokenInput } from "#lib/accounts/schema";
import type { ActionResult } from "#lib/auth/action-result";

type NewTokenProps = {
  readonly createApiToken: (
    input: CreateApiTokenInput,
  ) => Promise<ActionResult<{ readonly token: ApiToken; readonly secret: string }>>;
};

type Step =
  | { readonly kind: "closed" }
  | { readonly kind: "asking" }
  | { readonly kind: "created"; readonly secret: string };

/** Creates a token and shows its secret: once, because only its hash is kept. */
export function NewToken({ createApiToken }: NewTokenProps) {
  const t = useTranslations("settings.tokens");
  const [step, setStep] = useState<Step>({ kind: "closed" });
  const close = () => setStep({ kind: "closed" });
  return (
    <>
      <Button onClick={() => setStep({ kind: "asking" })}>
        <Plus aria-hidden />
        {t("new")}
      </Button>
      {step.kind === "asking" && (
        <NewTokenDialog
          createApiToken={createApiToken}
          onCreated={(secret) => setStep({ kind: "created", secret })}
          onClose={close}
        />
      )}
      {step.kind === "created" && <SecretDialog secret={step.secret} onClose={close} />}
    </>
  );
}

const KEEP_DAYS = [30, 90, 365] as const;
const FOR_EVER = "";

type NewTokenDialogProps = NewTokenProps & {
  readonly onCreated: (secret: string) => void;
  readonly onClose: () => void;
};

function NewTokenDialog({ createApiToken, onCreated, onClose }: NewTokenDialogProps) {
  const t = useTranslations("settings.tokens");
  const failureText = useFailureText();
  const { isBusy, failure, submit } = useActionForm(createApiToken);
  const [name, setName] = useState("");
  const [keepDays, setKeepDays] = useState("90");
  return (
    <FormDialog
      title={t("newTitle")}
      description={t("description")}
      submitLabel={t("create")}
      isBusy={isBusy}
      error={failure && failureText(failure)}
      onClose={onClose}
      onSubmit={() =>
        submit({ name, keepDays: keepDays === FOR_EVER ? null : Number(keepDays) }, ({ secret }) =>
          onCreated(secret),
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
      <Field label={t("keep")}>
        {(control) => (
          <Select
            {...control}
            value={keepDays}
            onChange={(event) => setKeepDays(event.target.value)}
          >
            {KEEP_DAYS.map((days) => (
              <option key={days} value={days}>
                {t("days", { count: days })}
              </option>
            ))}
            <option value={FOR_EVER}>{t("remains")}</option>
          </Select>
        )}
      </Field>
    </FormDialog>
  );
}

function SecretDialog({
  secret,
  onClose,
}: {
  readonly secret: string;
  readonly onClose: () => void;
}) {
  const t = useTranslations("settings.tokens");
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={t("secretTitle")}
      footer={
        <Button variant="primary" onClick={onClose}>
          {t("done")}
        </Button>
      }
    >
      <div className="space-y-4">
        <Callout tone="warn">{t("secretDescription")}</Callout>
        <p className="flex items-start justify-between gap-2 rounded-md border border-line bg-sunken px-3 py-2">
          <Code isBreaking>{secret}</Code>
          <span className="-my-1 shrink-0">
            <CopyButton text={secret} what={t("secret")} />
          </span>
        </p>
      </div>
    </Dialog>
  );
}
