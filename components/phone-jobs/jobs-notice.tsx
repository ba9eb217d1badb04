"use client";

import { useTranslations } from "next-intl";
import { ConfirmedButton } from "#components/forms/confirm-action";
import { LiveRefresh } from "#components/shell/live-refresh";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { Progress } from "#components/ui/progress";
import type { ActionResult } from "#access/auth/action-result";
import type { PhoneJob } from "#phones/phone-jobs/model";

const REFRESH_EVERY_MS = 2_000;

type JobsNoticeProps = {
  readonly jobs: readonly PhoneJob[];
  /** Null if the person has only read access. */
  readonly cancel: ((input: { readonly jobId: string }) => Promise<ActionResult<PhoneJob>>) | null;
};

/** The actions on many phones that run, or that ended a short time ago. A list below follows them as in any live refresh. */
export function JobsNotice({ jobs, cancel }: JobsNoticeProps) {
  const isRunning = jobs.some(({ state }) => state === "running");
  return (
    <>
      <LiveRefresh everyMs={isRunning ? REFRESH_EVERY_MS : undefined} />
      {jobs.map((job) => (
        <JobNotice key={job.id} job={job} cancel={cancel} />
      ))}
    </>
  );
}

type JobNoticeProps = Pick<JobsNoticeProps, "cancel"> & { readonly job: PhoneJob };

function JobNotice({ job, cancel }: JobNoticeProps) {
  const t = useTranslations("retirement.actions.jobs");
  const { kind, state, total, changed, skipped, createdByName, search } = job;
  return (
    <Callout
      tone={state === "running" ? "info" : state === "done" ? "good" : "warn"}
      role="status"
      title={t(`${kind}.${state}`, { total, changed, name: createdByName })}
      {...(state === "running" && cancel !== null
        ? { actions: <CancelButton job={job} cancel={cancel} /> }
        : {})}
    >
      {search !== "" && <p>{t("search", { search })}</p>}
      {skipped > 0 && <p>{t("skipped", { count: skipped })}</p>}
      {state === "running" && (
        <Progress label={t("progress")} ratio={(changed + skipped) / total} />
      )}
    </Callout>
  );
}

type CancelButtonProps = {
  readonly job: PhoneJob;
  readonly cancel: (input: { readonly jobId: string }) => Promise<ActionResult<PhoneJob>>;
};

function CancelButton({ job, cancel }: CancelButtonProps) {
  const t = useTranslations("retirement.actions.jobs");
  return (
    <ConfirmedButton
      trigger={(ask) => <Button onClick={ask}>{t("cancel")}</Button>}
      title={t("cancelTitle")}
      description={t("cancelDescription")}
      confirmLabel={t("cancel")}
      isDangerous
      action={cancel}
      input={{ jobId: job.id }}
      onDone={() => undefined}
    />
  );
}
