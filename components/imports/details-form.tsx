"use client";

import { Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useId, useState, useTransition } from "react";
import {
  FORM_FIELDS,
  addLine,
  changeLine,
  errorOf,
  firstLineOf,
  isComplete,
  removeLine,
  toAnswer,
  valuesOf,
} from "#components/imports/details-form-state";
import type { DetailsAnswer } from "#components/imports/details-form-state";
import { Button, IconButton } from "#components/ui/button";
import { Callout } from "#components/ui/callout";
import { Card } from "#components/ui/card";
import { CheckboxField } from "#components/ui/checkbox";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import type { ActionResult } from "#lib/auth/action-result";
import type { DescribedField } from "#lib/cab/description/model";
import type { FieldError } from "#lib/core/errors";
import type { MemberSuggestion } from "#lib/imports/suggest-details";

type DetailsFormProps = {
  readonly suggestions: readonly MemberSuggestion[];
  /** Why what was entered before cannot be used. */
  readonly problem: string | null;
  readonly describe: (answer: DetailsAnswer) => Promise<ActionResult<void>>;
};

/** Asks what images are for, each prefilled with what is known of it. */
export function DetailsForm({ suggestions, problem, describe }: DetailsFormProps) {
  const t = useTranslations("imports.details");
  const router = useRouter();
  const listId = useId();
  const [members, setMembers] = useState(suggestions);
  const [refusal, setRefusal] = useState<{ message: string; fields: readonly FieldError[] } | null>(
    problem === null ? null : { message: problem, fields: [] },
  );
  const [isBusy, startTransition] = useTransition();

  function submit() {
    startTransition(async () => {
      const result = await describe(toAnswer(members));
      setRefusal(result.ok ? null : result);
      if (result.ok) {
        router.refresh();
      }
    });
  }

  return (
    <Card title={t("title")} description={t("description")}>
      <form
        className="space-y-5"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {refusal !== null && (
          <Callout tone="bad" role="alert" title={t("problem")}>
            {refusal.message}
          </Callout>
        )}
        {members.map((member, index) => (
          <MemberFields
            key={member.path}
            member={member}
            listId={listId}
            errors={(line, field) =>
              errorOf(refusal?.fields ?? [], firstLineOf(members, index) + line, field)
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
    </Card>
  );
}

type MemberFieldsProps = {
  readonly member: MemberSuggestion;
  /** Begins the ids of the lists of values to choose from. */
  readonly listId: string;
  readonly errors: (line: number, field: DescribedField) => string | undefined;
  readonly onChange: (member: MemberSuggestion) => void;
};

function MemberFields({ member, listId, errors, onChange }: MemberFieldsProps) {
  const t = useTranslations("imports.details");
  return (
    <fieldset className="min-w-0 space-y-3 rounded-md border border-line p-3">
      <legend className="max-w-full px-1 font-mono text-xs font-medium break-all">
        {member.path}
      </legend>
      <CheckboxField
        label={t("leaveOut")}
        checked={member.isLeftOut}
        onChange={(event) => onChange({ ...member, isLeftOut: event.target.checked })}
      />
      {!member.isLeftOut && (
        <>
          {member.lines.map((_, index) => (
            // A line is nothing but its place among the others.
            <LineFields key={index} {...{ member, listId, errors, onChange, index }} />
          ))}
          <Button size="sm" variant="ghost" onClick={() => onChange(addLine(member))}>
            <Plus aria-hidden />
            {t("addPhone")}
          </Button>
        </>
      )}
    </fieldset>
  );
}

type LineFieldsProps = MemberFieldsProps & { readonly index: number };

function LineFields({ member, listId, errors, onChange, index }: LineFieldsProps) {
  const t = useTranslations("imports");
  const number = index + 1;
  return (
    <div
      role="group"
      aria-label={t("details.phone", { number })}
      className="flex items-start gap-2"
    >
      <div className="grid min-w-0 flex-1 grid-cols-2 gap-3 sm:grid-cols-4 xl:grid-cols-7">
        {FORM_FIELDS.map((field) => (
          <Field key={field} label={t(`fields.${field}`)} error={errors(index, field)}>
            {(control) => (
              <Input
                {...control}
                required
                maxLength={64}
                autoComplete="off"
                spellCheck={false}
                list={`${listId}-${field}`}
                value={member.lines[index]?.[field] ?? ""}
                onChange={(event) =>
                  onChange(changeLine(member, index, { [field]: event.target.value }))
                }
              />
            )}
          </Field>
        ))}
      </div>
      {member.lines.length > 1 && (
        <IconButton
          label={t("details.removePhone", { number })}
          size="sm"
          className="mt-6"
          onClick={() => onChange(removeLine(member, index))}
        >
          <X aria-hidden />
        </IconButton>
      )}
    </div>
  );
}
