import ar from "#messages/ar/fatal";
import de from "#messages/de/fatal";
import en from "#messages/en/fatal";
import es from "#messages/es/fatal";
import fr from "#messages/fr/fatal";
import ja from "#messages/ja/fatal";
import type { Locale } from "#foundation/i18n/locales";

/** The texts of the page that replaces the root layout. Every page loads them in all languages, so they are few. */
export const FATAL_MESSAGES: Readonly<Record<Locale, typeof en>> = { en, fr, de, es, ja, ar };
