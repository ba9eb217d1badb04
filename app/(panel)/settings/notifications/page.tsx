import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { DeliveryLog } from "#components/notifications/delivery-log";
import { MailServerForm } from "#components/notifications/mail-server-form";
import { WebhookList } from "#components/notifications/webhook-list";
import { streamed } from "#components/shell/streamed";
import { ButtonLink } from "#components/ui/button-link";
import { PageHeader } from "#components/ui/page-header";
import { pageContext } from "#access/auth/server/panel-context";
import { findMailServer } from "#access/notifications/server/find-mail-server";
import { listMessages } from "#access/notifications/server/list-messages";
import { listWebhooks } from "#access/notifications/server/list-webhooks";
import {
  changeMailServerAction,
  changeWebhookAction,
  createWebhookAction,
  removeWebhookAction,
  replayMessageAction,
  rotateWebhookSecretAction,
  sendTestMailAction,
  testWebhookAction,
} from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("notifications");
  return { title: t("title") };
}

async function NotificationsPage() {
  const context = await pageContext();
  const t = await getTranslations("notifications");
  const settings = await getTranslations("settings");
  const mail = await findMailServer(context);
  const seenAt = mail.updatedAt?.toISOString() ?? null;
  return (
    <div className="space-y-5">
      <PageHeader
        crumbs={[{ label: settings("title"), href: "/settings" }, { label: t("crumb") }]}
        title={t("title")}
        description={t("description")}
        actions={<ButtonLink href="/account/notifications">{t("own.title")}</ButtonLink>}
      />
      <MailServerForm
        key={seenAt}
        server={mail.server}
        hasPassword={mail.hasPassword}
        seenAt={seenAt}
        changeMailServer={changeMailServerAction}
        sendTestMail={sendTestMailAction}
      />
      <WebhookList
        webhooks={await listWebhooks(context)}
        createWebhook={createWebhookAction}
        actions={{
          changeWebhook: changeWebhookAction,
          removeWebhook: removeWebhookAction,
          rotateSecret: rotateWebhookSecretAction,
          testWebhook: testWebhookAction,
        }}
      />
      <DeliveryLog messages={await listMessages(context, {})} replayMessage={replayMessageAction} />
    </div>
  );
}

export default streamed(NotificationsPage, ["notices.kinds", "notifications", "tokens"]);
