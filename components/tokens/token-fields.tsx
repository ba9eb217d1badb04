"use client";

import { useTranslations } from "next-intl";
import { SelectField, TextField } from "#components/ui/text-field";

type TokenNameFieldProps = {
  readonly name: string;
  readonly hint: string;
  readonly isRefused: boolean;
  readonly onChange: (name: string) => void;
};

export function TokenNameField({ name, hint, isRefused, onChange }: TokenNameFieldProps) {
  const t = useTranslations("tokens");
  return (
    <TextField
      label={t("name")}
      hint={hint}
      error={isRefused ? t("nameError") : undefined}
      required
      maxLength={64}
      autoComplete="off"
      value={name}
      onChange={onChange}
    />
  );
}

const FOR_EVER = "";

type KeepFieldProps = {
  /** Null means that the token never expires. */
  readonly keepDays: number | null;
  readonly choices: readonly number[];
  readonly onChange: (keepDays: number | null) => void;
};

/** The number of days after which a token expires. */
export function KeepField({ keepDays, choices, onChange }: KeepFieldProps) {
  const t = useTranslations("tokens");
  return (
    <SelectField
      label={t("keep")}
      value={keepDays ?? FOR_EVER}
      onChange={(text) => onChange(text === FOR_EVER ? null : Number(text))}
    >
      {choices.map((days) => (
        <option key={days} value={days}>
          {t("days", { count: days })}
        </option>
      ))}
      <option value={FOR_EVER}>{t("neverEnds")}</option>
    </SelectField>
  );
}
