/** The languages the panel speaks. The first is the one that is used when nothing else is asked for. */
export const LOCALES = ["en", "fr"] as const;
export type Locale = (typeof LOCALES)[number];

export const DEFAULT_LOCALE = "en" satisfies Locale;

/** Holds the language somebody chose; without it the browser's preference decides. */
export const LOCALE_COOKIE = "locale";

/** Each language by its own name, as its speakers look for it. */
export const LOCALE_NAMES = {
  en: "English",
  fr: "Français",
} as const satisfies Record<Locale, string>;

export function isLocale(value: unknown): value is Locale {
  return LOCALES.some((locale) => locale === value);
}
