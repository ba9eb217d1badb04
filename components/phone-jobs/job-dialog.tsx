"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "#components/ui/toast";
import { ConfirmAction } from "#components/forms/confirm-action";
import type { StartPhoneJob } from "#components/phone-jobs/job-actions";
import { TextAreaField } from "#components/ui/text-field";
import type { JobPreview } from "#phones/phone-jobs/model";
import type { StartPhoneJobInput } from "#phones/phone-jobs/schema";

/** An action on all matching phones, before it is confirmed; the dialog adds the reason. */
export type JobIntent = JobPreview & { readonly input: StartPhoneJobInput };

type JobDialogProps = {
  readonly intent: JobIntent;
  readonly startJob: StartPhoneJob;
  readonly onDone: () => void;
  readonly onClose: () => void;
};

/** Asks before all matching phones are retired, or restored from retirement. */
export function JobDialog({ intent, startJob, onDone, onClose }: JobDialogProps) {
  const t = useTranslations("retirement.actions");
  const [reason, setReason] = useState("");
  const { input, total, recent } = intent;
  const kind = input.kind === "restore" ? "restore" : "retire";
  return (
    <ConfirmAction
      title={t(`${kind}.title`, { count: total })}
      description={t(`${kind}.description`)}
      confirmLabel={t(`${kind}.confirm`)}
      isBlocked={total === 0}
      action={startJob}
      input={{ ...input, reason }}
      onDone={({ state, changed }) => {
        toast.success(
          state === "running"
            ? t("jobs.started", { count: total })
            : t(`${kind}.done`, { count: changed }),
        );
        onDone();
      }}
      onClose={onClose}
    >
      {kind === "retire" && recent > 0 && (
        <p className="text-[0.8125rem]">{t("jobs.recent", { count: recent })}</p>
      )}
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
