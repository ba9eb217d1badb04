"use client";

import { useTranslations } from "next-intl";
import { toast } from "#components/ui/toast";
import { ConfirmedButton } from "#components/forms/confirm-action";
import { Button } from "#components/ui/button";
import type { ActionResult } from "#access/auth/action-result";

/** Both kinds of tokens are revoked in the same way. */
export type RevokeAction = (input: { readonly tokenId: string }) => Promise<ActionResult<void>>;

type RevokeTokenProps = {
  readonly token: { readonly id: string; readonly name: string };
  /** A sentence that says who is refused afterwards. */
  readonly consequence: string;
  readonly revoke: RevokeAction;
};

export function RevokeToken({ token, consequence, revoke }: RevokeTokenProps) {
  const t = useTranslations("tokens.revoke");
  return (
    <ConfirmedButton
      trigger={(ask) => (
        <Button
          size="sm"
          variant="dangerGhost"
          aria-label={t("named", { name: token.name })}
          onClick={ask}
        >
          {t("action")}
        </Button>
      )}
      title={t("title", { name: token.name })}
      description={consequence}
      confirmLabel={t("action")}
      isDangerous
      action={revoke}
      input={{ tokenId: token.id }}
      onDone={() => toast.success(t("done"))}
    />
  );
}
