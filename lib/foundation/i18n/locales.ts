/** The languages of the panel. */
export const LOCALES = ["en", "fr"] as const;
export type Locale = (typeof LOCALES)[number];

export const DEFAULT_LOCALE = "en" satisfies Locale;

/** The cookie with the user's choice. Without it, the browser's preference applies. */
export const LOCALE_COOKIE = "locale";

/** The name of each language in that language. */
export const LOCALE_NAMES = {
  en: "English",
  fr: "Français",
} as const satisfies Record<Locale, string>;

export function isLocale(value: unknown): value is Locale {
  return LOCALES.some((locale) => locale === value);
}
