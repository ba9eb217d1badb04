"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { useActionForm } from "#components/forms/use-action-form";
import { KindList } from "#components/notifications/kind-list";
import { FormDialog } from "#components/ui/form-dialog";
import { TextField } from "#components/ui/text-field";
import { isRefused, useFailureMessage } from "#components/ui/use-failure-text";
import type { ActionResult } from "#access/auth/action-result";
import type { CreateWebhookInput } from "#access/notifications/schema";
import { NOTICE_KINDS } from "#foundation/notices/model";

type WebhookDialogProps<Value> = {
  readonly title: string;
  readonly submitLabel: string;
  /** The webhook to change; absent for a new one. */
  readonly webhook?: CreateWebhookInput;
  readonly save: (input: CreateWebhookInput) => Promise<ActionResult<Value>>;
  readonly onSaved: (value: Value) => void;
  readonly onClose: () => void;
};

const BLANK: CreateWebhookInput = { name: "", url: "", kinds: [...NOTICE_KINDS] };

/** The fields of a webhook. */
export function WebhookDialog<Value>(props: WebhookDialogProps<Value>) {
  const { title, submitLabel, webhook = BLANK, save, onSaved, onClose } = props;
  const t = useTranslations("notifications.webhooks");
  const failureMessage = useFailureMessage();
  const { isBusy, failure, submit } = useActionForm(save);
  const [fields, setFields] = useState(webhook);
  return (
    <FormDialog
      title={title}
      submitLabel={submitLabel}
      isBusy={isBusy}
      isBlocked={fields.kinds.length === 0}
      error={failure && failureMessage(failure)}
      onClose={onClose}
      onSubmit={() => submit(fields, onSaved)}
    >
      <TextField
        label={t("name")}
        required
        maxLength={64}
        autoComplete="off"
        value={fields.name}
        onChange={(name) => setFields({ ...fields, name })}
      />
      <TextField
        label={t("url")}
        hint={t("urlHint")}
        error={isRefused(failure, "url") ? t("urlError") : undefined}
        required
        type="url"
        maxLength={2048}
        autoComplete="off"
        placeholder="https://chat.contoso.com/hooks/updates"
        value={fields.url}
        onChange={(url) => setFields({ ...fields, url })}
      />
      <KindList
        legend={t("kinds")}
        kinds={fields.kinds}
        onChange={(kinds) => setFields({ ...fields, kinds: [...kinds] })}
      />
    </FormDialog>
  );
}
