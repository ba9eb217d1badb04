"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { ConfirmedButton } from "#components/forms/confirm-action";
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

/** The actions on many phones that run, or that ended a short time ago. Renders nothing if there are none. */
export function JobsNotice({ jobs, cancel }: JobsNoticeProps) {
  const t = useTranslations("retirement.actions.jobs");
  const router = useRouter();
  const isRunning = jobs.some(({ state }) => state === "running");

  // Synchronises with the jobs, which run on the server.
  useEffect(() => {
    if (!isRunning) {
      return undefined;
    }
    const timer = setInterval(() => router.refresh(), REFRESH_EVERY_MS);
    return () => clearInterval(timer);
  }, [isRunning, router]);

  return jobs.map((job) => {
    const { id, kind, state, total, changed, skipped, createdByName, search } = job;
    const title = t(`${kind}.${state}`, { total, changed, name: createdByName });
    return (
      <Callout
        key={id}
        tone={state === "running" ? "info" : state === "done" ? "good" : "warn"}
        role="status"
        title={title}
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
  });
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
