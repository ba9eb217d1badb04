"use client";

import { ChevronsUpDown, LogOut } from "lucide-react";
import { signOut } from "next-auth/react";
import { useTranslations } from "next-intl";
import { usePreferences } from "#components/shell/use-preferences";
import type { ChooseLocale } from "#components/shell/use-preferences";
import { Menu, MenuChoice, MenuItem, MenuSeparator } from "#components/ui/dropdown-menu";
import type { Role } from "#lib/core/permissions";

/** Who is signed in, as far as the shell shows it. */
export type ShellUser = { readonly name: string; readonly role: Role };

type UserMenuProps = { readonly user: ShellUser; readonly chooseLocale: ChooseLocale };

export function UserMenu({ user, chooseLocale }: UserMenuProps) {
  const t = useTranslations("shell");
  const { language, appearance } = usePreferences(chooseLocale);
  return (
    <Menu
      align="start"
      trigger={
        <button
          type="button"
          className="flex w-full items-center gap-2.5 rounded-md p-1.5 text-left hover:bg-sunken data-[state=open]:bg-sunken"
        >
          <span
            aria-hidden
            className="grid size-7 shrink-0 place-items-center rounded-full bg-accent-soft text-xs font-semibold text-accent-ink uppercase"
          >
            {user.name.slice(0, 1)}
          </span>
          <span className="sr-only">{t("account")}</span>
          <span className="min-w-0 flex-1">
            <span className="block truncate text-[0.8125rem] font-medium">{user.name}</span>
            <span className="block truncate text-xs text-ink-muted">{t(`roles.${user.role}`)}</span>
          </span>
          <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-ink-faint" />
        </button>
      }
    >
      <MenuChoice {...language} />
      <MenuSeparator />
      <MenuChoice {...appearance} />
      <MenuSeparator />
      <MenuItem icon={<LogOut aria-hidden />} onSelect={() => void leave()}>
        {t("signOut")}
      </MenuItem>
    </Menu>
  );
}

/** A whole new document afterwards: nothing that was loaded for this account may stay in the browser's memory. */
async function leave(): Promise<void> {
  await signOut({ redirect: false });
  window.location.assign("/sign-in");
}
