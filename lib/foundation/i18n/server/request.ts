import "server-only";
import { getRequestConfig } from "next-intl/server";
import { cookies, headers } from "next/headers";
import { LOCALE_COOKIE } from "#foundation/i18n/locales";
import { MESSAGES } from "#foundation/i18n/messages";
import { negotiateLocale } from "#foundation/i18n/negotiate-locale";

/** What next-intl asks at the start of every request. The language is not part of the address. */
export default getRequestConfig(async () => {
  const chosen = (await cookies()).get(LOCALE_COOKIE)?.value;
  const locale = negotiateLocale(chosen, (await headers()).get("accept-language"));
  return {
    locale,
    messages: MESSAGES[locale],
    // Both are what server and browser agree on while a page becomes alive; then `Instant` takes the reader's own.
    now: new Date(),
    timeZone: "UTC",
  };
});
