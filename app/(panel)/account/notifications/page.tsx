import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { OwnNotifications } from "#components/notifications/own-notifications";
import { streamed } from "#components/shell/streamed";
import { Callout } from "#components/ui/callout";
import { PageHeader } from "#components/ui/page-header";
import { pageContext } from "#access/auth/server/panel-context";
import { mayBeTold } from "#access/notifications/decide-telling";
import { findOwnNotifications } from "#access/notifications/server/find-own-notifications";
import { NOTICE_KINDS } from "#foundation/notices/model";
import { changeOwnNotificationsAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("notifications.own");
  return { title: t("title") };
}

async function OwnNotificationsPage() {
  const context = await pageContext();
  const t = await getTranslations("notifications.own");
  const settings = await getTranslations("settings");
  const own = await findOwnNotifications(context);
  if (own === null) {
    notFound();
  }
  return (
    <div className="space-y-5">
      <PageHeader
        crumbs={[{ label: settings("title"), href: "/settings" }, { label: t("crumb") }]}
        title={t("title")}
        description={t("description")}
      />
      {!own.hasMail && <Callout tone="warn">{t("noMail")}</Callout>}
      <OwnNotifications
        choice={own.choice}
        kinds={NOTICE_KINDS.filter((kind) => mayBeTold(context.actor.role, kind))}
        changeOwnNotifications={changeOwnNotificationsAction}
      />
    </div>
  );
}

export default streamed(OwnNotificationsPage, ["notices.kinds", "notifications.own"]);
