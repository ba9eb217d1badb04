import { useTranslations } from "next-intl";
import { NewToken } from "#components/settings/new-token";
import { RevokeToken } from "#components/settings/revoke-token";
import type { RevokeApiToken } from "#components/settings/revoke-token";
import { Card } from "#components/ui/card";
import { Instant } from "#components/ui/instant";
import { Table, TableCell, TableHead, TableRow } from "#components/ui/table";
import type { ApiToken } from "#lib/accounts/model";
import type { CreateApiTokenInput } from "#lib/accounts/schema";
import type { ActionResult } from "#lib/auth/action-result";

type TokenListProps = {
  readonly tokens: readonly ApiToken[];
  readonly createApiToken: (
    input: CreateApiTokenInput,
  ) => Promise<ActionResult<{ readonly token: ApiToken; readonly secret: string }>>;
  readonly revokeApiToken: RevokeApiToken;
};

export function TokenList({ tokens, createApiToken, revokeApiToken }: TokenListProps) {
  const t = useTranslations("settings.tokens");
  return (
    <Card
      title={t("title")}
      description={t("description")}
      actions={<NewToken createApiToken={createApiToken} />}
      isFlush
    >
      {tokens.length === 0 ? (
        <p className="p-4 text-[0.8125rem] text-ink-muted">{t("empty")}</p>
      ) : (
        <Table caption={t("caption")}>
          <thead>
            <tr>
              <TableHead>{t("name")}</TableHead>
              <TableHead>{t("account")}</TableHead>
              <TableHead className="max-sm:hidden">{t("createdAt")}</TableHead>
              <TableHead className="max-sm:hidden">{t("lastUsedAt")}</TableHead>
              <TableHead className="max-sm:hidden">{t("expiresAt")}</TableHead>
              <TableHead>
                <span className="sr-only">{t("revoke")}</span>
              </TableHead>
            </tr>
          </thead>
          <tbody className="border-t border-line">
            {tokens.map((token) => (
              <TokenRow key={token.id} token={token} revokeApiToken={revokeApiToken} />
            ))}
          </tbody>
        </Table>
      )}
    </Card>
  );
}

type TokenRowProps = { readonly token: ApiToken; readonly revokeApiToken: RevokeApiToken };

function TokenRow({ token, revokeApiToken }: TokenRowProps) {
  const t = useTranslations("settings.tokens");
  return (
    <TableRow>
      <TableCell className="font-medium break-all">{token.name}</TableCell>
      <TableCell className="break-all">{token.accountName}</TableCell>
      <TableCell className="max-sm:hidden">
        <Instant date={token.createdAt} />
      </TableCell>
      <TableCell className="max-sm:hidden">
        {token.lastUsedAt === null ? t("never") : <Instant date={token.lastUsedAt} />}
      </TableCell>
      <TableCell className="max-sm:hidden">
        {token.expiresAt === null ? t("never") : <Instant date={token.expiresAt} format="full" />}
      </TableCell>
      <TableCell className="py-1 text-right">
        <RevokeToken token={token} revokeApiToken={revokeApiToken} />
      </TableCell>
    </TableRow>
  );
}
