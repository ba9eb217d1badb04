"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "#components/ui/toast";
import { useActionForm } from "#components/forms/use-action-form";
import { Button } from "#components/ui/button";
import { FormDialog } from "#components/ui/form-dialog";
import { Icon } from "#components/ui/icon";
import { TextAreaField } from "#components/ui/text-field";
import { useFailureMessage } from "#components/ui/use-failure-text";
import type { ActionResult } from "#access/auth/action-result";
import type { ContinueRollOutInput } from "#phones/roll-outs/schema";

export type ContinueRollOutAction = (input: ContinueRollOutInput) => Promise<ActionResult<void>>;

type ContinueRollOutProps = {
  readonly rollOutId: string;
  readonly continueRollOut: ContinueRollOutAction;
};

/** Continues a halted roll-out, with a reason. */
export function ContinueRollOut(props: ContinueRollOutProps) {
  const t = useTranslations("rollOuts.continue");
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>
        <Icon name="circle-play" />
        {t("action")}
      </Button>
      {isOpen && <ContinueDialog {...props} onClose={() => setIsOpen(false)} />}
    </>
  );
}

function ContinueDialog({
  rollOutId,
  continueRollOut,
  onClose,
}: ContinueRollOutProps & { readonly onClose: () => void }) {
  const t = useTranslations("rollOuts.continue");
  const [reason, setReason] = useState("");
  const failureMessage = useFailureMessage();
  const { isBusy, failure, submit } = useActionForm(continueRollOut);
  return (
    <FormDialog
      title={t("title")}
      submitLabel={t("action")}
      isBusy={isBusy}
      error={failure && failureMessage(failure, { invalid_state: t("notHalted") })}
      onClose={onClose}
      onSubmit={() =>
        submit({ rollOutId, reason }, () => {
          toast.success(t("done"));
          onClose();
        })
      }
    >
      <p className="text-[0.8125rem] text-ink-muted">{t("description")}</p>
      <TextAreaField
        label={t("reason")}
        required
        maxLength={1000}
        rows={3}
        value={reason}
        onChange={setReason}
      />
    </FormDialog>
  );
}
