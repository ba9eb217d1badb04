import { useLocale } from "next-intl";
import { LIST_SEPARATORS } from "#foundation/i18n/locales";

/** The comma of the reader's language between two elements, with its space. `useJoined` joins texts. */
export function Comma() {
  return LIST_SEPARATORS[useLocale()];
}
