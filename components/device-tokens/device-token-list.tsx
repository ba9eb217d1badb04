import { useTranslations } from "next-intl";
import { RevokeDeviceToken } from "#components/device-tokens/revoke-device-token";
import type { RevokeAction } from "#components/device-tokens/revoke-device-token";
import { Badge } from "#components/ui/badge";
import { Card } from "#components/ui/card";
import { Code } from "#components/ui/code";
import { Instant } from "#components/ui/instant";
import { Table, TableCell, TableHead, TableRow } from "#components/ui/table";
import { formatMacAddress } from "#lib/core/mac-address";
import type { DeviceToken } from "#lib/device-tokens/model";

type ListedToken = DeviceToken & { readonly hasEnded: boolean };

type DeviceTokenListProps = {
  readonly tokens: readonly ListedToken[];
  readonly revokeDeviceToken: RevokeAction;
};

export function DeviceTokenList({ tokens, revokeDeviceToken }: DeviceTokenListProps) {
  const t = useTranslations("deviceTokens");
  return (
    <Card isFlush>
      {tokens.length === 0 ? (
        <p className="p-4 text-[0.8125rem] text-ink-muted">{t("empty")}</p>
      ) : (
        <Table caption={t("caption")}>
          <thead>
            <tr>
              <TableHead>{t("columns.name")}</TableHead>
              <TableHead>{t("columns.phone")}</TableHead>
              <TableHead className="max-sm:hidden">{t("columns.createdAt")}</TableHead>
              <TableHead className="max-sm:hidden">{t("columns.lastUsedAt")}</TableHead>
              <TableHead>{t("columns.expiresAt")}</TableHead>
              <TableHead>
                <span className="sr-only">{t("revoke.action")}</span>
              </TableHead>
            </tr>
          </thead>
          <tbody className="border-t border-line">
            {tokens.map((token) => (
              <DeviceTokenRow key={token.id} token={token} revokeDeviceToken={revokeDeviceToken} />
            ))}
          </tbody>
        </Table>
      )}
    </Card>
  );
}

type DeviceTokenRowProps = {
  readonly token: ListedToken;
  readonly revokeDeviceToken: RevokeAction;
};

function DeviceTokenRow({ token, revokeDeviceToken }: DeviceTokenRowProps) {
  const t = useTranslations("deviceTokens");
  return (
    <TableRow>
      <TableCell className="font-medium break-all">{token.name}</TableCell>
      <TableCell>
        {token.macAddress === null ? (
          t("anyPhone")
        ) : (
          <Code>{formatMacAddress(token.macAddress)}</Code>
        )}
      </TableCell>
      <TableCell className="max-sm:hidden">
        <Instant date={token.createdAt} />
      </TableCell>
      <TableCell className="max-sm:hidden">
        {token.lastUsedAt === null ? t("never") : <Instant date={token.lastUsedAt} />}
      </TableCell>
      <TableCell>
        <Ending token={token} />
      </TableCell>
      <TableCell className="py-1 text-right">
        <RevokeDeviceToken token={token} revokeDeviceToken={revokeDeviceToken} />
      </TableCell>
    </TableRow>
  );
}

function Ending({ token: { expiresAt, hasEnded } }: { readonly token: ListedToken }) {
  const t = useTranslations("deviceTokens");
  if (hasEnded) {
    return <Badge>{t("ended")}</Badge>;
  }
  return expiresAt === null ? t("never") : <Instant date={expiresAt} format="full" />;
}
