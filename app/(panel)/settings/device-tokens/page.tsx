import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { DeviceTokenList } from "#components/device-tokens/device-token-list";
import { NewDeviceToken } from "#components/device-tokens/new-device-token";
import { streamed } from "#components/shell/streamed";
import { PageHeader } from "#components/ui/page-header";
import { pageContext } from "#access/auth/server/panel-context";
import { isInForce } from "#foundation/core/is-in-force";
import { listDeviceTokens } from "#access/device-tokens/server/list-device-tokens";
import { createDeviceTokenAction, revokeDeviceTokenAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("deviceTokens");
  return { title: t("title") };
}

async function DeviceTokensPage() {
  const context = await pageContext();
  const tokens = await listDeviceTokens(context);
  const t = await getTranslations("deviceTokens");
  const settings = await getTranslations("settings");
  return (
    <div className="space-y-5">
      <PageHeader
        crumbs={[{ label: settings("title"), href: "/settings" }, { label: t("crumb") }]}
        title={t("title")}
        description={t("description")}
        actions={<NewDeviceToken createDeviceToken={createDeviceTokenAction} />}
      />
      <DeviceTokenList
        createDeviceToken={createDeviceTokenAction}
        tokens={tokens.map((token) => ({ ...token, hasEnded: !isInForce(token, context.now) }))}
        revokeDeviceToken={revokeDeviceTokenAction}
      />
    </div>
  );
}

export default streamed(DeviceTokensPage, ["deviceTokens", "tokens"]);
