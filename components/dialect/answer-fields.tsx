"use client";

import { useTranslations } from "next-intl";
import type { DialectFields } from "#components/dialect/dialect-fields";
import { CheckboxField } from "#components/ui/checkbox";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { SelectField, TextField } from "#components/ui/text-field";
import { Textarea } from "#components/ui/textarea";
import { ANSWER_STATUSES } from "#phones/dialect/limits";
import { LYNC_FILES_FAMILIES } from "#formats/protocol/lync-files";
import { TIMESTAMP_FORMATS } from "#phones/dialect/timestamp-formats";

const TEMPLATES = [
  ["updateTemplate", 14],
  ["noUpdateTemplate", 4],
] as const;
const STATUSES = ["updateStatus", "noUpdateStatus"] as const;

export type DialectFieldsProps = {
  readonly fields: DialectFields;
  /** The translated problem of a field; undefined if the field is valid. */
  readonly problemOf: (field: string) => string | undefined;
  readonly isFixed: boolean;
  readonly onChange: (fields: DialectFields) => void;
};

/** The fields for the format of answers. */
export function AnswerFields({ fields, problemOf, isFixed, onChange }: DialectFieldsProps) {
  const t = useTranslations("dialect.fields");
  return (
    <div className="space-y-4">
      {TEMPLATES.map(([name, rows]) => (
        <Field key={name} label={t(name)} error={problemOf(name)}>
          {(control) => (
            <Textarea
              {...control}
              rows={rows}
              wrap="off"
              spellCheck={false}
              readOnly={isFixed}
              className="font-mono text-xs max-md:text-xs"
              value={fields[name]}
              onChange={(event) => onChange({ ...fields, [name]: event.target.value })}
            />
          )}
        </Field>
      ))}
      <SelectField
        label={t("filesFamily")}
        disabled={isFixed}
        value={fields.filesFamily}
        onChange={(text) => {
          const chosen = LYNC_FILES_FAMILIES.find((family) => family === text);
          onChange({ ...fields, filesFamily: chosen ?? fields.filesFamily });
        }}
      >
        {LYNC_FILES_FAMILIES.map((family) => (
          <option key={family} value={family}>
            {t(`filesFamilies.${family}`)}
          </option>
        ))}
      </SelectField>
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField
          label={t("timestampFormat")}
          disabled={isFixed}
          value={fields.timestampFormat}
          onChange={(text) => {
            const chosen = TIMESTAMP_FORMATS.find((format) => format === text);
            onChange({ ...fields, timestampFormat: chosen ?? fields.timestampFormat });
          }}
        >
          {TIMESTAMP_FORMATS.map((format) => (
            <option key={format} value={format}>
              {t(`timestampFormats.${format}`)}
            </option>
          ))}
        </SelectField>
        <TextField
          label={t("contentType")}
          error={problemOf("contentType")}
          spellCheck={false}
          readOnly={isFixed}
          value={fields.contentType}
          onChange={(text) => onChange({ ...fields, contentType: text })}
        />
        {STATUSES.map((name) => (
          <Field key={name} label={t(name)} error={problemOf(name)}>
            {(control) => (
              <Input
                {...control}
                type="number"
                {...ANSWER_STATUSES}
                readOnly={isFixed}
                value={Number.isNaN(fields[name]) ? "" : fields[name]}
                onChange={(event) => onChange({ ...fields, [name]: event.target.valueAsNumber })}
              />
            )}
          </Field>
        ))}
      </div>
      <CheckboxField
        label={t("hasDeclaration")}
        checked={fields.hasDeclaration}
        disabled={isFixed}
        onChange={(event) => onChange({ ...fields, hasDeclaration: event.target.checked })}
      />
    </div>
  );
}
