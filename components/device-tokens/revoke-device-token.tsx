"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { useActionForm } from "#components/forms/use-action-form";
import { useFailureText } from "#components/ui/use-failure-text";
import type { DeviceToken } from "#lib/device-tokens/model";
import type { RevokeDeviceTokenInput } from "#lib/device-tokens/schema";
import type { ActionResult } from "#lib/auth/action-result";

export type RevokeAction = (input: RevokeDeviceTokenInput) => Promise<ActionResult<void>>;

type RevokeDeviceTokenProps = {
  readonly token: Pick<DeviceToken, "id" | "name">;
  readonly revokeDeviceToken: RevokeAction;
};

export function RevokeDeviceToken({ token, revokeDeviceToken }: RevokeDeviceTokenProps) {
  const t = useTranslations("deviceTokens.revoke");
  const failureText = useFailureText();
  const { isBusy, failure, submit } = useActionForm(revokeDeviceToken);
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button
        size="sm"
        variant="dangerGhost"
        aria-label={t("named", { name: token.name })}
        onClick={() => setIsOpen(true)}
      >
        {t("action")}
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        title={t("title", { name: token.name })}
        description={t("description")}
        confirmLabel={t("action")}
        isDangerous
        isBusy={isBusy}
        onConfirm={() =>
          submit({ tokenId: token.id }, () => {
            setIsOpen(false);
            toast.success(t("done"));
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
