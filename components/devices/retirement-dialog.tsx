"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "#components/ui/toast";
import { ConfirmAction } from "#components/forms/confirm-action";
import { TextAreaField } from "#components/ui/text-field";
import type { ActionResult } from "#access/auth/action-result";
import { useJoined } from "#components/ui/use-joined";
import type { RetireInput, RetirementReport } from "#fleet/devices/retirement";

export type ChangeRetirement = (input: RetireInput) => Promise<ActionResult<RetirementReport>>;

type RetirementDialogProps = {
  readonly what: "retire" | "restore";
  readonly phones: readonly { readonly id: string; readonly name: string }[];
  readonly action: ChangeRetirement;
  readonly onDone?: () => void;
  readonly onClose: () => void;
};

/** The most names that the question shows; further phones are counted. */
const MAX_NAMES = 12;

/** Asks before phones are retired or restored from retirement. It is mounted only while the dialog is open. */
export function RetirementDialog({
  what,
  phones,
  action,
  onDone = () => undefined,
  onClose,
}: RetirementDialogProps) {
  const t = useTranslations("retirement.actions");
  const joined = useJoined();
  const [reason, setReason] = useState("");
  const names = phones.slice(0, MAX_NAMES).map(({ name }) => name);
  return (
    <ConfirmAction
      title={t(`${what}.title`, { count: phones.length })}
      description={t(`${what}.description`)}
      confirmLabel={t(`${what}.confirm`)}
      action={action}
      input={{ deviceIds: phones.map(({ id }) => id), reason }}
      onDone={({ changed }) => {
        toast.success(t(`${what}.done`, { count: changed }));
        onDone();
      }}
      onClose={onClose}
    >
      <p className="text-[0.8125rem] break-words">
        {joined(names)}
        {phones.length > names.length &&
          ` … (${t("more", { count: phones.length - names.length })})`}
      </p>
      <TextAreaField
        label={t("reason")}
        hint={t("reasonHint")}
        aside={t("optional")}
        maxLength={1_000}
        value={reason}
        onChange={setReason}
      />
    </ConfirmAction>
  );
}
