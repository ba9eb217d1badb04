import { LIST_SEPARATORS, TEXT_DIRECTIONS } from "#foundation/i18n/locales";
import type { Locale } from "#foundation/i18n/locales";

/**
 * Joins names and values with the comma of a language. `Intl.ListFormat` is no help: its lists have "and" before the
 * last item, or no comma in Japanese. In right-to-left text each item is isolated, so that items keep their order.
 */
export function joinTexts(locale: Locale, texts: readonly string[]): string {
  const items =
    TEXT_DIRECTIONS[locale] === "rtl" ? texts.map((text) => `\u2068${text}\u2069`) : texts;
  return items.join(LIST_SEPARATORS[locale]);
}
