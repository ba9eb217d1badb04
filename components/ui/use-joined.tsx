import { useLocale } from "next-intl";
import { joinTexts } from "#foundation/i18n/join-texts";

/** Returns a function that joins names and values with the comma of the reader's language. */
export function useJoined(): (texts: readonly string[]) => string {
  const locale = useLocale();
  return (texts) => joinTexts(locale, texts);
}
