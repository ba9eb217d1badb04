"use client";

import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "#components/ui/toast";
import { attemptAction } from "#components/forms/attempt-action";
import { changedFields } from "#components/forms/changed-fields";
import { ConfirmAction } from "#components/forms/confirm-action";
import { WebhookDialog } from "#components/notifications/webhook-dialog";
import { SecretDialog } from "#components/tokens/new-token-button";
import { IconButton } from "#components/ui/button";
import { Menu, MenuItem } from "#components/ui/dropdown-menu";
import { useFailureMessage } from "#components/ui/use-failure-text";
import type { ActionResult } from "#access/auth/action-result";
import type { LoggedMessage, Webhook } from "#access/notifications/model";
import type { ChangeWebhookInput, WebhookIdInput } from "#access/notifications/schema";

export type WebhookActions = {
  readonly changeWebhook: (input: ChangeWebhookInput) => Promise<ActionResult<void>>;
  readonly removeWebhook: (input: WebhookIdInput) => Promise<ActionResult<void>>;
  readonly rotateSecret: (
    input: WebhookIdInput,
  ) => Promise<ActionResult<{ readonly secret: string }>>;
  readonly testWebhook: (input: WebhookIdInput) => Promise<ActionResult<LoggedMessage>>;
};

type WebhookMenuProps = { readonly webhook: Webhook; readonly actions: WebhookActions };
type Question =
  | { readonly kind: "edit" | "remove" | "rotate" }
  | { readonly kind: "secret"; readonly secret: string };

/** The menu of a webhook, with its dialogs. */
export function WebhookMenu({ webhook, actions }: WebhookMenuProps) {
  const t = useTranslations("notifications");
  const failureMessage = useFailureMessage();
  const [question, setQuestion] = useState<Question | null>(null);
  const webhookId = webhook.id;

  async function test(): Promise<void> {
    const result = await attemptAction(actions.testWebhook, { webhookId });
    if (!result.ok) {
      toast.error(failureMessage(result));
    } else if (result.value.state === "delivered") {
      toast.success(t("webhooks.tested", { status: result.value.status ?? 0 }));
    } else {
      toast.error(t(`problems.${result.value.problem ?? "unreachable"}`), {
        description: result.value.detail,
      });
    }
  }

  async function toggle(): Promise<void> {
    const result = await attemptAction(actions.changeWebhook, {
      webhookId,
      isEnabled: !webhook.isEnabled,
    });
    if (!result.ok) {
      toast.error(failureMessage(result));
    }
  }

  return (
    <>
      <Menu
        trigger={
          <IconButton size="sm" label={t("webhooks.menu", { name: webhook.name })}>
            <Icon name="ellipsis" />
          </IconButton>
        }
      >
        <MenuItem icon={<Icon name="send" />} onSelect={() => void test()}>
          {t("webhooks.test")}
        </MenuItem>
        <MenuItem icon={<Icon name="pencil" />} onSelect={() => setQuestion({ kind: "edit" })}>
          {t("webhooks.edit")}
        </MenuItem>
        <MenuItem
          icon={webhook.isEnabled ? <Icon name="circle-slash" /> : <Icon name="circle-check" />}
          onSelect={() => void toggle()}
        >
          {t(webhook.isEnabled ? "webhooks.disable" : "webhooks.enable")}
        </MenuItem>
        <MenuItem icon={<Icon name="key-round" />} onSelect={() => setQuestion({ kind: "rotate" })}>
          {t("webhooks.rotate")}
        </MenuItem>
        <MenuItem
          icon={<Icon name="trash-2" />}
          isDangerous
          onSelect={() => setQuestion({ kind: "remove" })}
        >
          {t("webhooks.remove")}
        </MenuItem>
      </Menu>
      {question !== null && (
        <WebhookQuestion
          webhook={webhook}
          actions={actions}
          question={question}
          onQuestion={setQuestion}
        />
      )}
    </>
  );
}

type WebhookQuestionProps = WebhookMenuProps & {
  readonly question: Question;
  readonly onQuestion: (question: Question | null) => void;
};

function WebhookQuestion({ webhook, actions, question, onQuestion }: WebhookQuestionProps) {
  const t = useTranslations("notifications");
  const webhookId = webhook.id;
  // As it was when the dialog opened.
  const [shown] = useState(() => ({
    name: webhook.name,
    url: webhook.url,
    kinds: [...webhook.kinds],
  }));
  const close = () => onQuestion(null);
  return (
    <>
      {question.kind === "edit" && (
        <WebhookDialog
          title={t("webhooks.editTitle", { name: webhook.name })}
          submitLabel={t("webhooks.save")}
          webhook={shown}
          save={(input) => actions.changeWebhook({ webhookId, ...changedFields(shown, input) })}
          onSaved={close}
          onClose={close}
        />
      )}
      {question.kind === "rotate" && (
        <ConfirmAction
          title={t("webhooks.rotateTitle", { name: webhook.name })}
          description={t("webhooks.rotateDescription")}
          confirmLabel={t("webhooks.rotate")}
          action={actions.rotateSecret}
          input={{ webhookId }}
          onDone={({ secret }) => onQuestion({ kind: "secret", secret })}
          onClose={close}
        />
      )}
      {question.kind === "remove" && (
        <ConfirmAction
          title={t("webhooks.removeTitle", { name: webhook.name })}
          description={t("webhooks.removeDescription")}
          confirmLabel={t("webhooks.remove")}
          isDangerous
          action={actions.removeWebhook}
          input={{ webhookId }}
          onDone={() => toast.success(t("webhooks.removed"))}
          onClose={close}
        />
      )}
      {question.kind === "secret" && (
        <SecretDialog
          title={t("webhooks.secretTitle")}
          usage={t("webhooks.secretUsage")}
          secret={question.secret}
          onClose={close}
        />
      )}
    </>
  );
}
