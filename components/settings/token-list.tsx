import { useTranslations } from "next-intl";
import { NewToken } from "#components/settings/new-token";
import type { RevokeAction } from "#components/tokens/revoke-token";
import { TokenTable } from "#components/tokens/token-table";
import { Card } from "#components/ui/card";
import type { ApiToken } from "#access/accounts/model";
import type { CreateApiTokenInput } from "#access/accounts/schema";
import type { ActionResult } from "#access/auth/action-result";

type TokenListProps = {
  readonly tokens: readonly (ApiToken & { readonly hasEnded: boolean })[];
  readonly createApiToken: (
    input: CreateApiTokenInput,
  ) => Promise<ActionResult<{ readonly token: ApiToken; readonly secret: string }>>;
  readonly revokeApiToken: RevokeAction;
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
        <TokenTable
          caption={t("caption")}
          holderLabel={t("account")}
          tokens={tokens.map((token) => ({ ...token, holder: token.accountName }))}
          consequence={t("revokeDescription")}
          revoke={revokeApiToken}
        />
      )}
    </Card>
  );
}
