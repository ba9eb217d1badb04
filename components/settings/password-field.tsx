"use client";

import { TextField } from "#components/ui/text-field";
import { useTranslations } from "next-intl";

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
    <TextField
      label={label}
      {...(isRefused ? { error: t("passwordError") } : { hint: t("passwordHint") })}
      type="password"
      required
      autoComplete="new-password"
      maxLength={256}
      value={value}
      onChange={onChange}
    />
  );
}
