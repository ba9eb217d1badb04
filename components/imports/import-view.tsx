"use client";

import { useTranslations } from "next-intl";
import { CancelImport } from "#components/imports/cancel-import";
import { ConfirmMismatch } from "#components/imports/confirm-mismatch";
import { DetailsQuestion } from "#components/imports/details-question";
import { DetailsForm } from "#components/imports/details-form";
import { ImportFailureText } from "#components/imports/import-failure";
import { ImportStateBadge } from "#components/imports/import-state";
import { ImportProgress } from "#components/imports/import-progress";
import { ImportReport } from "#components/imports/import-report";
import { UndescribedFiles } from "#components/imports/undescribed-files";
import { Bytes } from "#components/ui/bytes";
import { Callout } from "#components/ui/callout";
import { Card } from "#components/ui/card";
import { DefinitionList } from "#components/ui/definition-list";
import { Instant } from "#components/ui/instant";
import { PageHeader } from "#components/ui/page-header";
import type { ActionResult } from "#access/auth/action-result";
import { useJoined } from "#components/ui/use-joined";
import type { ImportFailure } from "#firmware/imports/failure";
import type { FailedImport, ImportJob } from "#firmware/imports/model";
import type { CancelInput, ConfirmInput, DescribeInput } from "#firmware/imports/schema";
import type { MemberSuggestion } from "#firmware/imports/suggest-details";
import { canCancel } from "#firmware/imports/transitions";

type ImportActions = {
  readonly describe: (input: DescribeInput) => Promise<ActionResult<void>>;
  readonly confirm: (input: ConfirmInput) => Promise<ActionResult<void>>;
  readonly cancel: (input: CancelInput) => Promise<ActionResult<void>>;
};

type ImportViewProps = {
  readonly job: ImportJob;
  readonly suggestions: readonly MemberSuggestion[];
  readonly poolNames: readonly string[];
  /** Null if the user has only read access. */
  readonly actions: ImportActions | null;
};

/** The page of one import, in every state. */
export function ImportView({ job, suggestions, poolNames, actions }: ImportViewProps) {
  const t = useTranslations("imports");
  const nav = useTranslations("shell.nav");
  return (
    <div className="space-y-4">
      <PageHeader
        crumbs={[
          { label: nav("updates"), href: "/updates/pending" },
          { label: t("list.title"), href: "/updates/imports" },
          { label: job.fileName },
        ]}
        title={<span className="break-all">{job.fileName}</span>}
        badges={<ImportStateBadge state={job.state} />}
        actions={
          actions !== null &&
          canCancel(job.state) && (
            <CancelImport
              fileName={job.fileName}
              cancel={() => actions.cancel({ importId: job.id })}
            />
          )
        }
      />
      <ImportBody job={job} suggestions={suggestions} actions={actions} />
      <ImportFacts job={job} poolNames={poolNames} />
    </div>
  );
}

function ImportBody({ job, suggestions, actions }: Omit<ImportViewProps, "poolNames">) {
  switch (job.state) {
    case "queued":
    case "unpacking":
    case "applying":
      return <ImportProgress job={job} />;
    case "needs_details":
    case "needs_confirmation":
      return <ImportQuestion job={job} suggestions={suggestions} actions={actions} />;
    case "succeeded":
      return <ImportReport report={job.report} />;
    case "failed":
      return <ImportFailure error={job.error} failure={job.failure} />;
    case "cancelled":
      return null;
  }
}

type WaitingImport = Extract<ImportJob, { readonly state: "needs_details" | "needs_confirmation" }>;

type ImportQuestionProps = Pick<ImportViewProps, "suggestions" | "actions"> & {
  readonly job: WaitingImport;
};

function ImportQuestion({ job, suggestions, actions }: ImportQuestionProps) {
  if (job.state === "needs_confirmation") {
    const answer =
      actions === null
        ? {}
        : { confirm: (reason: string) => actions.confirm({ importId: job.id, reason }) };
    return <ConfirmMismatch mismatched={job.mismatched} {...answer} />;
  }
  return (
    <DetailsQuestion understood={job.understood} ignored={job.ignored}>
      {actions === null ? (
        <UndescribedFiles undescribed={job.undescribed} />
      ) : (
        <DetailsForm
          suggestions={suggestions}
          problem={job.problem === null ? null : { error: job.problem, failure: job.failure }}
          describe={({ details, leftOut }) =>
            actions.describe({ importId: job.id, details: [...details], leftOut: [...leftOut] })
          }
        />
      )}
    </DetailsQuestion>
  );
}

/** The translated failure, and the original English sentence if it has more information. */
function ImportFailure({ error, failure }: FailedImport) {
  const t = useTranslations("imports");
  return (
    <Callout tone="bad" role="status" title={t("failed")}>
      <p className="break-words">
        <ImportFailureText error={error} failure={failure} />
      </p>
      {failure !== null && saysMore(failure) && (
        <p className="mt-1 text-xs break-words">
          {t("failureDetail")} <span lang="en">{error}</span>
        </p>
      )}
    </Callout>
  );
}

/** Whether the English sentence has information that the translated message does not. */
function saysMore({ code, subject, values }: ImportFailure): boolean {
  return code === "conflict" || (subject !== "" && Object.keys(values).length === 0);
}

function ImportFacts({ job, poolNames }: Pick<ImportViewProps, "job" | "poolNames">) {
  const t = useTranslations("imports.job");
  const joined = useJoined();
  return (
    <Card title={t("facts")}>
      <DefinitionList
        items={[
          { term: t("pools"), value: joined(poolNames) },
          { term: t("attempt"), value: <Instant date={job.createdAt} format="full" /> },
          {
            term: t("duration"),
            value: job.finishedAt && <Instant date={job.finishedAt} format="full" />,
          },
          { term: t("by"), value: job.createdByName },
          { term: t("size"), value: <Bytes sizeBytes={job.sizeBytes} /> },
          {
            term: t("sha256"),
            value: <span className="font-mono text-xs break-all">{job.sha256}</span>,
          },
          { term: t("notes"), value: job.notes },
        ]}
      />
    </Card>
  );
}
