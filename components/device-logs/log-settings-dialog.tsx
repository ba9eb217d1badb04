"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Field } from "#components/ui/field";
import { FormDialog } from "#components/ui/form-dialog";
import { Input } from "#components/ui/input";
import { SelectField, TextAreaField, TextField } from "#components/ui/text-field";
import type { Failure } from "#components/ui/use-failure-text";
import { useFailureMessage } from "#components/ui/use-failure-text";
import type { LogSettings } from "#phones/device-logs/model";

type LogSettingsDialogProps = {
  readonly title: string;
  readonly initial: LogSettings;
  /** The sites to choose from; null if the scope of the settings is fixed. */
  readonly siteNames: readonly string[] | null;
  readonly isBusy: boolean;
  readonly failure: Failure | null;
  readonly onSubmit: (settings: LogSettings, siteName: string | null) => void;
  readonly onClose: () => void;
};

/** `unit` is the size of the shown unit in the model's unit; `min` and `max` are in the shown unit. */
const NUMBERS = [
  { name: "maxFileSizeBytes", unit: 1, min: 1024, max: 104_857_600 },
  { name: "maxCacheBytes", unit: 1, min: 0, max: 104_857_600 },
  { name: "flushIntervalSeconds", unit: 60, min: 1, max: 60 },
  { name: "cleanUpIntervalDays", unit: 1, min: 1, max: 365 },
] as const;

const LISTS = ["validTypes", "validExtensions"] as const;

/** The seven settings of a scope. */
export function LogSettingsDialog({
  title,
  initial,
  siteNames,
  isBusy,
  failure,
  onSubmit,
  onClose,
}: LogSettingsDialogProps) {
  const t = useTranslations("logs.settings");
  const failureMessage = useFailureMessage();
  const [fields, setFields] = useState(initial);
  const [lists, setLists] = useState({
    validTypes: initial.validTypes.join(" "),
    validExtensions: initial.validExtensions.join(" "),
  });
  const [siteName, setSiteName] = useState(siteNames?.[0] ?? null);
  return (
    <FormDialog
      title={title}
      submitLabel={t("save")}
      isBusy={isBusy}
      error={failure && failureMessage(failure, { invalid_input: t("invalid") })}
      onClose={onClose}
      onSubmit={() =>
        onSubmit(
          {
            ...fields,
            validTypes: toList(lists.validTypes),
            validExtensions: toList(lists.validExtensions),
          },
          siteName,
        )
      }
    >
      {siteNames !== null && (
        <SelectField label={t("site")} value={siteName ?? ""} onChange={setSiteName}>
          {siteNames.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </SelectField>
      )}
      {LISTS.map((name) => (
        <TextAreaField
          key={name}
          label={t(`fields.${name}`)}
          hint={t("listHint")}
          rows={2}
          required
          spellCheck={false}
          value={lists[name]}
          onChange={(text) => setLists({ ...lists, [name]: text })}
        />
      ))}
      <NumberFields fields={fields} onChange={setFields} />
      <TextField
        label={t("fields.cleanUpTimeOfDay")}
        hint={t("timeHint")}
        type="time"
        value={fields.cleanUpTimeOfDay ?? ""}
        onChange={(text) =>
          setFields({
            ...fields,
            cleanUpTimeOfDay: text === "" ? null : text.slice(0, 5),
          })
        }
      />
    </FormDialog>
  );
}

type NumberFieldsProps = {
  readonly fields: LogSettings;
  readonly onChange: (fields: LogSettings) => void;
};

function NumberFields({ fields, onChange }: NumberFieldsProps) {
  const t = useTranslations("logs.settings");
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {NUMBERS.map(({ name, unit, min, max }) => (
        <Field key={name} label={t(`fields.${name}`)}>
          {(control) => (
            <Input
              {...control}
              type="number"
              required
              min={min}
              max={max}
              value={Number.isNaN(fields[name]) ? "" : fields[name] / unit}
              onChange={({ target }) =>
                onChange({ ...fields, [name]: target.valueAsNumber * unit })
              }
            />
          )}
        </Field>
      ))}
    </div>
  );
}

function toList(text: string): readonly string[] {
  return text.split(/[\s,;]+/).filter((word) => word !== "");
}
