import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { OwnPassword } from "#components/settings/own-password";
import { TokenList } from "#components/settings/token-list";
import { ButtonLink } from "#components/ui/button-link";
import { streamed } from "#components/shell/streamed";
import { PageHeader } from "#components/ui/page-header";
import { listApiTokens } from "#access/accounts/server/list-api-tokens";
import { pageContext } from "#access/auth/server/panel-context";
import { isInForce } from "#foundation/core/is-in-force";
import { may } from "#foundation/core/permissions";
import { changeOwnPasswordAction, createApiTokenAction, revokeApiTokenAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings");
  return { title: t("title") };
}

async function SettingsPage() {
  const context = await pageContext();
  const t = await getTranslations("settings");
  const { actor } = context;
  const tokens = await listApiTokens(context);
  return (
    <div className="space-y-5">
      <PageHeader
        title={t("title")}
        actions={
          <>
            <ButtonLink href="/account/notifications">{t("ownNotifications")}</ButtonLink>
            {may(actor, "settings:write") && (
              <ButtonLink href="/settings/notifications">{t("notifications")}</ButtonLink>
            )}
            {may(actor, "device_token:manage") && (
              <ButtonLink href="/settings/device-tokens">{t("deviceTokens")}</ButtonLink>
            )}
            {may(actor, "settings:read") && (
              <ButtonLink href="/settings/dialect">{t("dialect")}</ButtonLink>
            )}
          </>
        }
      />
      <TokenList
        tokens={tokens.map((token) => ({ ...token, hasEnded: !isInForce(token, context.now) }))}
        createApiToken={createApiTokenAction}
        revokeApiToken={revokeApiTokenAction}
      />
      <OwnPassword accountName={actor.name} changeOwnPassword={changeOwnPasswordAction} />
    </div>
  );
}

export default streamed(SettingsPage, [
  "settings.accounts",
  "settings.password",
  "settings.tokens",
  "tokens",
]);
