import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { NewDeviceToken } from "#components/device-tokens/new-device-token";
import type { NewDeviceTokenProps } from "#components/device-tokens/new-device-token";
import type { RevokeAction } from "#components/tokens/revoke-token";
import { TokenTable } from "#components/tokens/token-table";
import { Card } from "#components/ui/card";
import { Code } from "#components/ui/code";
import { EmptyState } from "#components/ui/empty-state";
import { formatMacAddress } from "#foundation/core/mac-address";
import type { DeviceToken } from "#access/device-tokens/model";

type DeviceTokenListProps = NewDeviceTokenProps & {
  readonly tokens: readonly (DeviceToken & { readonly hasEnded: boolean })[];
  readonly revokeDeviceToken: RevokeAction;
};

export function DeviceTokenList({
  tokens,
  createDeviceToken,
  revokeDeviceToken,
}: DeviceTokenListProps) {
  const t = useTranslations("deviceTokens");
  return (
    <Card isFlush>
      {tokens.length === 0 ? (
        <EmptyState
          icon={<Icon name="key-round" />}
          title={t("empty.title")}
          description={t("empty.description")}
          actions={<NewDeviceToken createDeviceToken={createDeviceToken} />}
        />
      ) : (
        <TokenTable
          caption={t("caption")}
          holderLabel={t("columns.phone")}
          tokens={tokens.map(({ macAddress, ...token }) => ({
            ...token,
            holder:
              macAddress === null ? t("anyPhone") : <Code>{formatMacAddress(macAddress)}</Code>,
          }))}
          consequence={t("revoke.description")}
          revoke={revokeDeviceToken}
        />
      )}
    </Card>
  );
}
