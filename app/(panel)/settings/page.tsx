import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AccountList } from "#components/settings/account-list";
import { OwnPassword } from "#components/settings/own-password";
import { TokenList } from "#components/settings/token-list";
import { ButtonLink } from "#components/ui/button";
import { streamed } from "#components/shell/streamed";
import { PageHeader } from "#components/ui/page-header";
import { listAccounts } from "#access/accounts/server/list-accounts";
import { listApiTokens } from "#access/accounts/server/list-api-tokens";
import { pageContext } from "#access/auth/server/panel-context";
import { isInForce } from "#foundation/core/is-in-force";
import { may } from "#foundation/core/permissions";
import {
  changeAccountAction,
  changeOwnPasswordAction,
  createAccountAction,
  createApiTokenAction,
  removeAccountAction,
  revokeApiTokenAction,
} from "./actions";

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
            {may(actor, "device_token:manage") && (
              <ButtonLink href="/settings/device-tokens">{t("deviceTokens")}</ButtonLink>
            )}
            {may(actor, "settings:read") && (
              <ButtonLink href="/settings/dialect">{t("dialect")}</ButtonLink>
            )}
          </>
        }
      />
      {may(actor, "account:manage") && (
        <AccountList
          accounts={await listAccounts(context)}
          ownId={actor.id}
          createAccount={createAccountAction}
          actions={{ changeAccount: changeAccountAction, removeAccount: removeAccountAction }}
        />
      )}
      <TokenList
        tokens={tokens.map((token) => ({ ...token, hasEnded: !isInForce(token, context.now) }))}
        createApiToken={createApiTokenAction}
        revokeApiToken={revokeApiTokenAction}
      />
      <OwnPassword accountName={actor.name} changeOwnPassword={changeOwnPasswordAction} />
    </div>
  );
}

export default streamed(SettingsPage);
