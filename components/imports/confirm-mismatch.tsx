"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { FoundUpdates } from "#components/imports/found-updates";
import { ConfirmedButton } from "#components/forms/confirm-action";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { Card } from "#components/ui/card";
import { TextAreaField } from "#components/ui/text-field";
import type { ActionResult } from "#access/auth/action-result";
import type { FoundUpdate } from "#firmware/imports/model";

type ConfirmMismatchProps = {
  readonly mismatched: readonly FoundUpdate[];
  /** Absent if the user has only read access. */
  readonly confirm?: (reason: string) => Promise<ActionResult<void>>;
};

/** Shows the images that are not in their security catalog. Importing them needs a reason. */
export function ConfirmMismatch({ mismatched, confirm }: ConfirmMismatchProps) {
  const t = useTranslations("imports.confirmation");
  return (
    <div className="space-y-4">
      <Callout tone="warn" role="status" title={t("title")}>
        {t("description")}
      </Callout>
      <Card
        title={t("caption")}
        isFlush
        {...(confirm === undefined ? {} : { actions: <ConfirmButton confirm={confirm} /> })}
      >
        <FoundUpdates caption={t("caption")} updates={mismatched} />
      </Card>
    </div>
  );
}

type ConfirmButtonProps = { readonly confirm: (reason: string) => Promise<ActionResult<void>> };

function ConfirmButton({ confirm }: ConfirmButtonProps) {
  const t = useTranslations("imports.confirmation");
  const router = useRouter();
  const [reason, setReason] = useState("");
  return (
    <ConfirmedButton
      trigger={(ask) => <Button onClick={ask}>{t("action")}</Button>}
      title={t("dialogTitle")}
      description={t("dialogDescription")}
      confirmLabel={t("confirm")}
      isDangerous
      isBlocked={reason.trim() === ""}
      action={confirm}
      input={reason}
      onDone={() => router.refresh()}
    >
      <TextAreaField
        label={t("reason")}
        required
        maxLength={1_000}
        value={reason}
        onChange={setReason}
      />
    </ConfirmedButton>
  );
}
