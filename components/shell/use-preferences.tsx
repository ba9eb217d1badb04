"use client";

import { useLocale, useTranslations } from "next-intl";
import { useTheme } from "next-themes";
import { attemptAction } from "#components/forms/attempt-action";
import { useStartNavigation } from "#components/ui/navigation-progress";
import { useStoredChoice } from "#components/ui/stored-choice";
import { TIME_STYLES, timeStyle } from "#components/ui/time-style";
import type { TimeStyle } from "#components/ui/time-style";
import { toast } from "#components/ui/toast";
import { useFailureText } from "#components/ui/use-failure-text";
import { LOCALES, LOCALE_NAMES } from "#foundation/i18n/locales";
import type { Locale } from "#foundation/i18n/locales";

const THEMES = ["light", "dark", "system"] as const;
export type Theme = (typeof THEMES)[number];

/** Stores the language on the server. Passed down from the layout, because components do not import server code. */
export type ChooseLocale = (locale: string) => Promise<void>;

export type Choice<Value extends string> = {
  readonly label: string;
  readonly value: Value | undefined;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onChange: (value: Value) => void;
};

/** Language, theme and times, for menus and the command palette. */
export function usePreferences(chooseLocale: ChooseLocale): {
  readonly language: Choice<Locale>;
  readonly appearance: Choice<Theme>;
  readonly times: Choice<TimeStyle>;
} {
  const t = useTranslations("shell");
  const locale = useLocale();
  const { theme, setTheme } = useTheme();
  const times = useStoredChoice(timeStyle);
  const failureText = useFailureText();
  const startNavigation = useStartNavigation();

  async function choose(language: Locale): Promise<void> {
    const store = async (locale: Locale) => {
      await chooseLocale(locale);
      return { ok: true, value: null } as const;
    };
    const result = await attemptAction(store, language);
    if (!result.ok) {
      toast.error(failureText(result));
    }
  }

  return {
    language: {
      label: t("language"),
      value: locale,
      options: LOCALES.map((value) => ({ value, label: LOCALE_NAMES[value] })),
      onChange: (value) => startNavigation(() => choose(value)),
    },
    appearance: {
      label: t("theme"),
      value: THEMES.find((value) => value === theme),
      options: THEMES.map((value) => ({ value, label: t(`themes.${value}`) })),
      onChange: setTheme,
    },
    times: {
      label: t("times"),
      value: times,
      options: TIME_STYLES.map((value) => ({ value, label: t(`timeStyles.${value}`) })),
      onChange: timeStyle.write,
    },
  };
}
