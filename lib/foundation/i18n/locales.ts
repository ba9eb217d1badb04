/** The languages of the panel. docs/languages.md describes how one is added. */
export const LOCALES = ["en", "fr", "de", "es", "ja", "ar"] as const;
export type Locale = (typeof LOCALES)[number];

export const DEFAULT_LOCALE = "en" satisfies Locale;

/** The cookie with the user's choice. Without it, the browser's preference applies. */
export const LOCALE_COOKIE = "locale";

/** The name of each language in that language. */
export const LOCALE_NAMES = {
  en: "English",
  fr: "Français",
  de: "Deutsch",
  es: "Español",
  ja: "日本語",
  ar: "العربية",
} as const satisfies Record<Locale, string>;

export type TextDirection = "ltr" | "rtl";

/** The direction in which each language is written, for the `dir` attribute. */
export const TEXT_DIRECTIONS = {
  en: "ltr",
  fr: "ltr",
  de: "ltr",
  es: "ltr",
  ja: "ltr",
  ar: "rtl",
} as const satisfies Record<Locale, TextDirection>;

/** Between the items of a list of names or values. */
export const LIST_SEPARATORS = {
  en: ", ",
  fr: ", ",
  de: ", ",
  es: ", ",
  ja: "、",
  ar: "، ",
} as const satisfies Record<Locale, string>;

/** Latin digits, as in versions, addresses and logs. Some regions have others by default: `ar-EG`. */
export const NUMBERING_SYSTEM = "latn";

export function isLocale(value: unknown): value is Locale {
  return LOCALES.some((locale) => locale === value);
}
