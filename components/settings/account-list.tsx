import { useTranslations } from "next-intl";
import { AccountMenu } from "#components/settings/account-menu";
import type { AccountActions } from "#components/settings/account-menu";
import { Badge } from "#components/ui/badge";
import { Card } from "#components/ui/card";
import { Instant } from "#components/ui/instant";
import { Table, TableCell, TableHead, TableRow } from "#components/ui/table";
import type { Account } from "#access/accounts/model";

type AccountListProps = {
  readonly accounts: readonly Account[];
  readonly ownId: string | null;
  readonly actions: AccountActions;
};

export function AccountList({ accounts, ownId, actions }: AccountListProps) {
  const t = useTranslations("settings.accounts");
  return (
    <Card isFlush>
      <Table caption={t("caption")}>
        <thead>
          <tr>
            <TableHead>{t("columns.name")}</TableHead>
            <TableHead>{t("columns.role")}</TableHead>
            <TableHead className="max-sm:hidden">{t("columns.state")}</TableHead>
            <TableHead className="max-sm:hidden">{t("columns.lastSignInAt")}</TableHead>
            <TableHead>
              <span className="sr-only">{t("columns.menu")}</span>
            </TableHead>
          </tr>
        </thead>
        <tbody className="border-t border-line">
          {accounts.map((account) => (
            <AccountRow
              key={account.id}
              account={account}
              isOwn={account.id === ownId}
              actions={actions}
            />
          ))}
        </tbody>
      </Table>
    </Card>
  );
}

type AccountRowProps = {
  readonly account: Account;
  readonly isOwn: boolean;
  readonly actions: AccountActions;
};

function AccountRow({ account, isOwn, actions }: AccountRowProps) {
  const t = useTranslations("settings.accounts");
  const tRoles = useTranslations("shell.roles");
  return (
    <TableRow>
      <TableCell className="break-all">
        <span className="font-medium">{account.name}</span>
        {isOwn && <span className="text-ink-muted"> ({t("you")})</span>}
      </TableCell>
      <TableCell>{tRoles(account.role)}</TableCell>
      <TableCell className="max-sm:hidden">
        <Badge tone={account.isEnabled ? "good" : "neutral"}>
          {t(account.isEnabled ? "enabled" : "disabled")}
        </Badge>
      </TableCell>
      <TableCell className="max-sm:hidden">
        {account.lastSignInAt === null ? t("never") : <Instant date={account.lastSignInAt} />}
      </TableCell>
      <TableCell className="py-1 text-end">
        <AccountMenu account={account} actions={actions} />
      </TableCell>
    </TableRow>
  );
}
