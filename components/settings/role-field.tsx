"use client";

import { useTranslations } from "next-intl";
import { RadioGroup } from "#components/ui/radio";
import type { Role } from "#foundation/core/permissions";
import { ROLES } from "#foundation/core/permissions";

type RoleFieldProps = { readonly value: Role; readonly onChange: (role: Role) => void };

export function RoleField({ value, onChange }: RoleFieldProps) {
  const t = useTranslations("settings.accounts");
  const tRoles = useTranslations("shell.roles");
  return (
    <RadioGroup
      legend={t("role")}
      value={value}
      onChange={onChange}
      options={ROLES.map((role) => ({
        value: role,
        label: tRoles(role),
        hint: t(`roleHints.${role}`),
      }))}
    />
  );
}
