"use client";

import { useTranslations } from "next-intl";
import { Field } from "#components/ui/field";
import { PasswordInput } from "#components/ui/password-input";

type PasswordFieldProps = {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly isRefused: boolean;
};

/** A field for a new password. The current password has no such rules. */
export function PasswordField({ label, value, onChange, isRefused }: PasswordFieldProps) {
  const t = useTranslations("settings.accounts");
  return (
    <Field
      label={label}
      {...(isRefused ? { error: t("passwordError") } : { hint: t("passwordHint") })}
    >
      {(control) => (
        <PasswordInput
          {...control}
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
