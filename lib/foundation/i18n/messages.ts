import { AR_MESSAGES } from "#foundation/i18n/messages-ar";
import { DE_MESSAGES } from "#foundation/i18n/messages-de";
import { EN_MESSAGES } from "#foundation/i18n/messages-en";
import { ES_MESSAGES } from "#foundation/i18n/messages-es";
import { FR_MESSAGES } from "#foundation/i18n/messages-fr";
import { JA_MESSAGES } from "#foundation/i18n/messages-ja";
import type { Locale } from "#foundation/i18n/locales";

/** English defines the keys. */
export type Messages = typeof EN_MESSAGES;

/** All messages of the panel. A key that is missing in a language does not compile; a test finds extra keys. */
export const MESSAGES: Readonly<Record<Locale, Messages>> = {
  en: EN_MESSAGES,
  fr: FR_MESSAGES,
  de: DE_MESSAGES,
  es: ES_MESSAGES,
  ja: JA_MESSAGES,
  ar: AR_MESSAGES,
};
