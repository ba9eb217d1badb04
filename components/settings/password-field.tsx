"use client";

import { useTranslations } from "next-intl";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";

type PasswordFieldProps = {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly isRefused: boolean;
};

/** A new password; the present one is another matter. */
export function PasswordField({ label, value, onChange, isRefused }: PasswordFieldProps) {
  const t = useTranslations("settings.accounts");
  return (
    <Field
      label={label}
      // The error says the same as the hint.
      {...(isRefused ? { error: t("passwordError") } : { hint: t("passwordHint") })}
    >
      {(control) => (
        <Input
          {...control}
          type="password"
          required
          autoComplete="new-password"
          maxLength={256}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
