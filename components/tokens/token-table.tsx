import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { RevokeToken } from "#components/tokens/revoke-token";
import type { RevokeAction } from "#components/tokens/revoke-token";
import { Badge } from "#components/ui/badge";
import { Instant } from "#components/ui/instant";
import { Table, TableCell, TableHead, TableRow } from "#components/ui/table";

/** The columns that both kinds of tokens share. */
export type ListedToken = {
  readonly id: string;
  readonly name: string;
  /** The account or the phone that owns it. */
  readonly holder: ReactNode;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly expiresAt: Date | null;
  readonly hasEnded: boolean;
};

type TokenTableProps = {
  readonly caption: string;
  readonly holderLabel: string;
  readonly tokens: readonly ListedToken[];
  /** A sentence that says who is refused when the token is revoked. */
  readonly consequence: string;
  readonly revoke: RevokeAction;
};

export function TokenTable({ caption, holderLabel, tokens, consequence, revoke }: TokenTableProps) {
  const t = useTranslations("tokens");
  return (
    <Table caption={caption}>
      <thead>
        <tr>
          <TableHead>{t("name")}</TableHead>
          <TableHead>{holderLabel}</TableHead>
          <TableHead className="max-sm:hidden">{t("createdAt")}</TableHead>
          <TableHead className="max-sm:hidden">{t("lastUsedAt")}</TableHead>
          <TableHead className="max-sm:hidden">{t("expiresAt")}</TableHead>
          <TableHead>
            <span className="sr-only">{t("revoke.action")}</span>
          </TableHead>
        </tr>
      </thead>
      <tbody className="border-t border-line">
        {tokens.map((token) => (
          <TableRow key={token.id}>
            <TableCell className="min-w-28 font-medium wrap-break-word">{token.name}</TableCell>
            <TableCell className="wrap-break-word">{token.holder}</TableCell>
            <TableCell className="max-sm:hidden">
              <Instant date={token.createdAt} />
            </TableCell>
            <TableCell className="max-sm:hidden">
              {token.lastUsedAt === null ? t("never") : <Instant date={token.lastUsedAt} />}
            </TableCell>
            <TableCell className="max-sm:hidden">
              <Ending token={token} />
            </TableCell>
            <TableCell className="py-1 text-end">
              <RevokeToken token={token} consequence={consequence} revoke={revoke} />
            </TableCell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}

function Ending({ token: { expiresAt, hasEnded } }: { readonly token: ListedToken }) {
  const t = useTranslations("tokens");
  if (hasEnded) {
    return <Badge>{t("ended")}</Badge>;
  }
  return expiresAt === null ? t("never") : <Instant date={expiresAt} format="full" />;
}
