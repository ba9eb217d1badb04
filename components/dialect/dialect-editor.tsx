"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "#components/ui/toast";
import { AnswerFields } from "#components/dialect/answer-fields";
import { toFields } from "#components/dialect/dialect-fields";
import type { DialectProblem, DialectReading } from "#components/dialect/dialect-fields";
import { DialectPreview } from "#components/dialect/dialect-preview";
import { PlaceholderList } from "#components/dialect/placeholder-list";
import { RequestFields } from "#components/dialect/request-fields";
import { ResetDialect } from "#components/dialect/reset-dialect";
import type { ResetDialectAction } from "#components/dialect/reset-dialect";
import type { FieldReader } from "#components/dialect/use-field-reader";
import { useFieldReader } from "#components/dialect/use-field-reader";
import { Button } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { FailureCallout } from "#components/ui/failure-callout";
import { Card } from "#components/ui/card";
import { useActionForm } from "#components/forms/use-action-form";
import { useUnsavedInput } from "#components/ui/use-unsaved-input";
import type { ActionResult } from "#access/auth/action-result";
import type { ChangeDialectInput } from "#phones/dialect/schema";
import type { LyncDialect } from "#phones/dialect/dialect";
import type { SampleAnswers } from "#phones/dialect/sample-answers";

type DialectEditorProps = {
  readonly dialect: LyncDialect;
  readonly samples: SampleAnswers;
  readonly seenAt: string | null;
  readonly mayChange: boolean;
  readonly actions: {
    readonly changeDialect: (input: ChangeDialectInput) => Promise<ActionResult<void>>;
    readonly resetDialect: ResetDialectAction;
  };
};

const NO_PROBLEMS: ReadonlyMap<string, DialectProblem> = new Map();

/**
 * Edits the dialect, with a live preview of the answers and a reset to the default. What validates and renders it loads when
 * the focus reaches the form. Before that, the form has the stored dialect, which is valid.
 */
export function DialectEditor({
  dialect,
  samples,
  seenAt,
  mayChange,
  actions,
}: DialectEditorProps) {
  const t = useTranslations("dialect");
  const [fields, setFields] = useState(() => toFields(dialect));
  const { isBusy, failure, submit } = useActionForm(actions.changeDialect);
  const unsaved = useUnsavedInput();
  const { readFields, status, load } = useFieldReader();
  const reading: DialectReading = readFields?.(fields) ?? { kind: "valid", dialect, samples };
  const problems = reading.kind === "invalid" ? reading.problems : NO_PROBLEMS;
  const problemOf = (field: string) => {
    const problem = problems.get(field);
    return problem && t(`problems.${problem.code}`, problem.values);
  };
  const shared = { fields, problemOf, isFixed: !mayChange, onChange: setFields };

  async function save(): Promise<void> {
    const read = (await load())?.(fields);
    if (read?.kind === "valid") {
      submit({ dialect: read.dialect, seenAt }, () => {
        unsaved.forget();
        toast.success(t("saved"));
      });
    }
  }

  return (
    <div className="grid items-start gap-5 xl:grid-cols-2">
      <form
        className="min-w-0 space-y-5"
        onInput={unsaved.note}
        onFocus={status === "unused" ? () => void load() : undefined}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <FailureCallout failure={failure} own={{ conflict: t("conflict") }} />
        <Card title={t("answers.title")} description={t("answers.description")}>
          <AnswerFields {...shared} />
        </Card>
        <Card title={t("names.title")} description={t("names.description")}>
          <RequestFields {...shared} />
        </Card>
        <LoadFailure status={status} onRetry={() => void load()} />
        {mayChange && (
          <div className="flex flex-wrap gap-2">
            <Button
              type="submit"
              variant="primary"
              isBusy={isBusy}
              disabled={reading.kind === "invalid"}
            >
              {t("save")}
            </Button>
            {seenAt !== null && (
              <ResetDialect seenAt={seenAt} resetDialect={actions.resetDialect} />
            )}
          </div>
        )}
      </form>
      <div className="min-w-0 space-y-5 xl:sticky xl:top-5">
        <DialectPreview samples={reading.kind === "valid" ? reading.samples : null} />
        <PlaceholderList />
      </div>
      {unsaved.question}
    </div>
  );
}

type LoadFailureProps = {
  readonly status: FieldReader["status"];
  readonly onRetry: () => void;
};

/** Beside the button that cannot save, and below the fields, so that none of them moves. */
function LoadFailure({ status, onRetry }: LoadFailureProps) {
  const t = useTranslations("dialect.notLoaded");
  const common = useTranslations("common");
  if (status !== "failed" && status !== "retrying") {
    return null;
  }
  return (
    <Callout
      tone="bad"
      role="alert"
      title={t("title")}
      actions={
        <Button isBusy={status === "retrying"} onClick={onRetry}>
          {common("retry")}
        </Button>
      }
    >
      {t("description")}
    </Callout>
  );
}
