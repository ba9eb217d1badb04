import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AccountList } from "#components/settings/account-list";
import { NewAccount } from "#components/settings/new-account";
import { streamed } from "#components/shell/streamed";
import { PageHeader } from "#components/ui/page-header";
import { listAccounts } from "#access/accounts/server/list-accounts";
import { pageContext } from "#access/auth/server/panel-context";
import { changeAccountAction, createAccountAction, removeAccountAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings.accounts");
  return { title: t("title") };
}

async function AccountsPage() {
  const context = await pageContext();
  const accounts = await listAccounts(context);
  const t = await getTranslations("settings.accounts");
  return (
    <div className="space-y-5">
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={<NewAccount createAccount={createAccountAction} />}
      />
      <AccountList
        accounts={accounts}
        ownId={context.actor.id}
        actions={{ changeAccount: changeAccountAction, removeAccount: removeAccountAction }}
      />
    </div>
  );
}

export default streamed(AccountsPage, ["settings.accounts"]);
