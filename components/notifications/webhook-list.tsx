"use client";

import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { WebhookDialog } from "#components/notifications/webhook-dialog";
import { WebhookMenu } from "#components/notifications/webhook-menu";
import type { WebhookActions } from "#components/notifications/webhook-menu";
import { NewTokenButton } from "#components/tokens/new-token-button";
import { Badge } from "#components/ui/badge";
import { Card } from "#components/ui/card";
import { EmptyState } from "#components/ui/empty-state";
import { Table, TableCell, TableHead, TableRow } from "#components/ui/table";
import type { ActionResult } from "#access/auth/action-result";
import type { Webhook } from "#access/notifications/model";
import type { CreateWebhookInput } from "#access/notifications/schema";
import { useJoined } from "#components/ui/use-joined";
import { NOTICE_KINDS } from "#foundation/notices/model";

type WebhookListProps = {
  readonly webhooks: readonly Webhook[];
  readonly createWebhook: (
    input: CreateWebhookInput,
  ) => Promise<ActionResult<{ readonly secret: string }>>;
  readonly actions: WebhookActions;
};

export function WebhookList({ webhooks, createWebhook, actions }: WebhookListProps) {
  const t = useTranslations("notifications.webhooks");
  return (
    <Card
      title={t("title")}
      description={t("description")}
      actions={<NewWebhook createWebhook={createWebhook} />}
      isFlush
    >
      {webhooks.length === 0 ? (
        <EmptyState
          icon={<Icon name="webhook" />}
          title={t("empty")}
          description={t("emptyDescription")}
        />
      ) : (
        <Table caption={t("title")}>
          <thead>
            <tr>
              <TableHead>{t("name")}</TableHead>
              <TableHead className="max-sm:hidden">{t("url")}</TableHead>
              <TableHead className="max-md:hidden">{t("kinds")}</TableHead>
              <TableHead>{t("state")}</TableHead>
              <TableHead>
                <span className="sr-only">{t("actions")}</span>
              </TableHead>
            </tr>
          </thead>
          <tbody className="border-t border-line">
            {webhooks.map((webhook) => (
              <WebhookRow key={webhook.id} webhook={webhook} actions={actions} />
            ))}
          </tbody>
        </Table>
      )}
    </Card>
  );
}

type WebhookRowProps = { readonly webhook: Webhook; readonly actions: WebhookActions };

function WebhookRow({ webhook, actions }: WebhookRowProps) {
  const t = useTranslations("notifications.webhooks");
  const joined = useJoined();
  const tKinds = useTranslations("notices.kinds");
  const { name, url, kinds, isEnabled } = webhook;
  return (
    <TableRow>
      <TableCell className="font-medium break-words">{name}</TableCell>
      <TableCell className="break-all max-sm:hidden">{url}</TableCell>
      <TableCell className="max-md:hidden">
        <span title={joined(kinds.map((kind) => tKinds(kind)))}>
          {kinds.length === NOTICE_KINDS.length
            ? t("allKinds")
            : t("someKinds", { count: kinds.length })}
        </span>
      </TableCell>
      <TableCell>
        <Badge tone={isEnabled ? "good" : "neutral"}>{t(isEnabled ? "enabled" : "disabled")}</Badge>
      </TableCell>
      <TableCell className="py-1 text-end">
        <WebhookMenu webhook={webhook} actions={actions} />
      </TableCell>
    </TableRow>
  );
}

function NewWebhook({ createWebhook }: Pick<WebhookListProps, "createWebhook">) {
  const t = useTranslations("notifications.webhooks");
  return (
    <NewTokenButton
      label={t("new")}
      secretTitle={t("secretTitle")}
      usage={t("secretUsage")}
      form={({ onCreated, onClose }) => (
        <WebhookDialog
          title={t("newTitle")}
          submitLabel={t("create")}
          save={createWebhook}
          onSaved={onCreated}
          onClose={onClose}
        />
      )}
    />
  );
}
