"use client";

import { useTranslations } from "next-intl";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { Select } from "#components/ui/select";

type TokenNameFieldProps = {
  readonly name: string;
  readonly hint: string;
  readonly isRefused: boolean;
  readonly onChange: (name: string) => void;
};

export function TokenNameField({ name, hint, isRefused, onChange }: TokenNameFieldProps) {
  const t = useTranslations("tokens");
  return (
    <Field label={t("name")} hint={hint} error={isRefused ? t("nameError") : undefined}>
      {(control) => (
        <Input
          {...control}
          required
          maxLength={64}
          autoComplete="off"
          value={name}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
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
    <Field label={t("keep")}>
      {(control) => (
        <Select
          {...control}
          value={keepDays ?? FOR_EVER}
          onChange={({ target }) =>
            onChange(target.value === FOR_EVER ? null : Number(target.value))
          }
        >
          {choices.map((days) => (
            <option key={days} value={days}>
              {t("days", { count: days })}
            </option>
          ))}
          <option value={FOR_EVER}>{t("neverEnds")}</option>
        </Select>
      )}
    </Field>
  );
}
