import { DEFAULT_LOCALE, isLocale } from "#foundation/i18n/locales";
import type { Locale } from "#foundation/i18n/locales";

type Preference = { readonly language: string; readonly quality: number };

/** The user's choice, else the best supported language of `Accept-Language` (RFC 9110, 12.5.4), else English. */
export function negotiateLocale(
  chosen: string | undefined,
  acceptLanguage: string | null | undefined,
): Locale {
  if (isLocale(chosen)) {
    return chosen;
  }
  const best = preferences(acceptLanguage ?? "")
    .filter(({ quality }) => quality > 0)
    .toSorted((left, right) => right.quality - left.quality)
    .map(({ language }) => language)
    .find(isLocale);
  return best ?? DEFAULT_LOCALE;
}

/** Drops regions: for `fr-CA`, French is better than English. */
function preferences(header: string): Preference[] {
  return header.split(",").map((part) => {
    const [range = "", ...parameters] = part.split(";").map((piece) => piece.trim());
    const weight = parameters.find((parameter) => parameter.startsWith("q="));
    const quality = weight === undefined ? 1 : Number(weight.slice(2));
    const [language = ""] = range.toLowerCase().split("-");
    return { language, quality: Number.isFinite(quality) ? quality : 0 };
  });
}
