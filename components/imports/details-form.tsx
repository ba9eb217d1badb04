"use client";

import { Icon } from "#components/ui/icon";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useId, useState } from "react";
import { useActionForm } from "#components/forms/use-action-form";
import { useUnsavedInput } from "#components/ui/use-unsaved-input";
import {
  FORM_FIELDS,
  addLine,
  answerPath,
  changeLine,
  isComplete,
  removeLine,
  toAnswer,
  valuesOf,
} from "#components/imports/details-form-state";
import type { DetailsAnswer } from "#components/imports/details-form-state";
import { ImportFailureText } from "#components/imports/import-failure";
import { Button, IconButton } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { Card } from "#components/ui/card";
import { CheckboxField } from "#components/ui/checkbox";
import { FailureCallout } from "#components/ui/failure-callout";
import { TextField } from "#components/ui/text-field";
import { isRefused } from "#components/ui/use-failure-text";
import type { Failure } from "#components/ui/use-failure-text";
import type { ActionResult } from "#access/auth/action-result";
import { MAX_FIELD_CHARS } from "#formats/cab/description/field-rules";
import type { DescribedField } from "#formats/cab/description/model";
import type { FailedImport } from "#firmware/imports/model";
import type { MemberSuggestion } from "#firmware/imports/suggest-details";

type DetailsFormProps = {
  readonly suggestions: readonly MemberSuggestion[];
  /** Why the previous answer was refused. */
  readonly problem: FailedImport | null;
  readonly describe: (answer: DetailsAnswer) => Promise<ActionResult<void>>;
};

/** Asks for the details of images, prefilled with the known ones. */
export function DetailsForm({ suggestions, problem, describe }: DetailsFormProps) {
  const t = useTranslations("imports.details");
  const router = useRouter();
  const listId = useId();
  const [members, setMembers] = useState(suggestions);
  const { isBusy, failure, submit } = useActionForm(describe);
  const unsaved = useUnsavedInput();
  return (
    <Card title={t("title")} description={`${t("description")} ${t("howToFill")}`}>
      <form
        className="space-y-5"
        onInput={unsaved.note}
        onSubmit={(event) => {
          event.preventDefault();
          submit(toAnswer(members), () => {
            unsaved.forget();
            router.refresh();
          });
        }}
      >
        <DetailsProblem failure={failure} problem={problem} />
        {members.map((member, index) => (
          <MemberFields
            key={member.path}
            member={member}
            listId={listId}
            isWrong={(line, field) =>
              isRefused(failure, answerPath(members, { index, line, field }))
            }
            onChange={(changed) =>
              setMembers(members.map((other) => (other.path === member.path ? changed : other)))
            }
          />
        ))}
        {Object.entries(valuesOf(members)).map(([field, values]) => (
          <datalist key={field} id={`${listId}-${field}`}>
            {values.map((value) => (
              <option key={value} value={value} />
            ))}
          </datalist>
        ))}
        <div className="flex justify-end">
          <Button type="submit" variant="primary" isBusy={isBusy} disabled={!isComplete(members)}>
            {t("submit")}
          </Button>
        </div>
      </form>
      {unsaved.question}
    </Card>
  );
}

type DetailsProblemProps = Pick<DetailsFormProps, "problem"> & {
  readonly failure: Failure | null;
};

/** Why this answer was refused, else why the previous one failed. */
function DetailsProblem({ failure, problem }: DetailsProblemProps) {
  const t = useTranslations("imports.details");
  if (failure !== null) {
    const own = {
      conflict: t("notAsked"),
      invalid_state: t("notAsked"),
      invalid_input: t("seeFields"),
    };
    return (
      <FailureCallout
        failure={failure}
        own={own}
        title={failure.code === "invalid_input" ? t("problem") : undefined}
      />
    );
  }
  return (
    problem !== null && (
      <Callout tone="bad" role="alert" title={t("problem")}>
        <ImportFailureText {...problem} />
      </Callout>
    )
  );
}

type MemberFieldsProps = {
  readonly member: MemberSuggestion;
  /** The prefix of the ids of the suggestion lists. */
  readonly listId: string;
  readonly isWrong: (line: number, field: DescribedField) => boolean;
  readonly onChange: (member: MemberSuggestion) => void;
};

function MemberFields({ member, listId, isWrong, onChange }: MemberFieldsProps) {
  const t = useTranslations("imports.details");
  return (
    <fieldset className="min-w-0 rounded-md border border-line px-3 pt-1 pb-3">
      <legend className="max-w-full px-1 font-mono text-xs font-medium break-all">
        {member.path}
      </legend>
      {/* One child below the legend: browsers lay out the legend separately, and margins would start from it. */}
      <div className="space-y-3">
        <p className="text-xs text-ink-muted">{t(`why.${member.why}`)}</p>
        <CheckboxField
          label={t("leaveOut")}
          checked={member.isLeftOut}
          onChange={(event) => onChange({ ...member, isLeftOut: event.target.checked })}
        />
        {!member.isLeftOut && (
          <>
            {member.lines.map((_, index) => (
              // A line has no identity besides its position.
              <LineFields key={index} {...{ member, listId, isWrong, onChange, index }} />
            ))}
            <Button size="sm" variant="ghost" onClick={() => onChange(addLine(member))}>
              <Icon name="plus" />
              {t("addPhone")}
            </Button>
          </>
        )}
      </div>
    </fieldset>
  );
}

type LineFieldsProps = MemberFieldsProps & { readonly index: number };

function LineFields({ member, listId, isWrong, onChange, index }: LineFieldsProps) {
  const t = useTranslations("imports");
  const number = index + 1;
  return (
    <div
      role="group"
      aria-label={t("details.phone", { number })}
      className="flex items-start gap-2"
    >
      <div className="grid min-w-0 flex-1 grid-cols-2 gap-3 sm:grid-cols-4 xl:grid-cols-[1fr_1fr_1fr_0.7fr_0.7fr_1.4fr_1fr]">
        {FORM_FIELDS.map((field) => (
          <TextField
            key={field}
            label={t(`fields.${field}`)}
            error={isWrong(index, field) ? t("details.fieldError") : undefined}
            required
            maxLength={MAX_FIELD_CHARS}
            autoComplete="off"
            spellCheck={false}
            list={`${listId}-${field}`}
            value={member.lines[index]?.[field] ?? ""}
            onChange={(text) => onChange(changeLine(member, index, { [field]: text }))}
          />
        ))}
      </div>
      {member.lines.length > 1 && (
        <IconButton
          label={t("details.removePhone", { number })}
          size="sm"
          className="mt-6"
          onClick={() => onChange(removeLine(member, index))}
        >
          <Icon name="x" />
        </IconButton>
      )}
    </div>
  );
}
