"use client";

import { Icon } from "#components/ui/icon";
import { useLocale, useTranslations } from "next-intl";
import { usePreferences } from "#components/shell/use-preferences";
import type { ChooseLocale } from "#components/shell/use-preferences";
import { Button } from "#components/ui/button";
import { Menu, MenuChoice, MenuSeparator } from "#components/ui/dropdown-menu";
import { LOCALE_NAMES } from "#foundation/i18n/locales";

type PreferencesMenuProps = { readonly chooseLocale: ChooseLocale };

/** Language and theme for the sign-in page, which has no user menu. */
export function PreferencesMenu({ chooseLocale }: PreferencesMenuProps) {
  const t = useTranslations("shell");
  const locale = useLocale();
  const { language, appearance } = usePreferences(chooseLocale);
  return (
    <Menu
      trigger={
        <Button variant="ghost" aria-label={`${t("preferences")}: ${LOCALE_NAMES[locale]}`}>
          <Icon name="languages" />
          {LOCALE_NAMES[locale]}
        </Button>
      }
    >
      <MenuChoice {...language} />
      <MenuSeparator />
      <MenuChoice {...appearance} />
    </Menu>
  );
}
