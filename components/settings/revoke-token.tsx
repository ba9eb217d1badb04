"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { useActionForm } from "#components/forms/use-action-form";
import { useFailureText } from "#components/ui/use-failure-text";
import type { ApiToken } from "#lib/accounts/model";
import type { RevokeApiTokenInput } from "#lib/accounts/schema";
import type { ActionResult } from "#lib/auth/action-result";

export type RevokeApiToken = (input: RevokeApiTokenInput) => Promise<ActionResult<void>>;

type RevokeTokenProps = {
  readonly token: Pick<ApiToken, "id" | "name">;
  readonly revokeApiToken: RevokeApiToken;
};

export function RevokeToken({ token, revokeApiToken }: RevokeTokenProps) {
  const t = useTranslations("settings.tokens");
  const failureText = useFailureText();
  const { isBusy, failure, submit } = useActionForm(revokeApiToken);
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button
        size="sm"
        variant="dangerGhost"
        aria-label={t("revokeNamed", { name: token.name })}
        onClick={() => setIsOpen(true)}
      >
        {t("revoke")}
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        title={t("revokeTitle", { name: token.name })}
        description={t("revokeDescription")}
        confirmLabel={t("revoke")}
        isDangerous
        isBusy={isBusy}
        onConfirm={() =>
          submit({ tokenId: token.id }, () => {
            setIsOpen(false);
            toast.success(t("revoked"));
          })
        }
      >
        {failure !== null && (
          <Callout tone="bad" role="alert">
            {failureText(failure)}
          </Callout>
        )}
      </ConfirmDialog>
    </>
  );
}
