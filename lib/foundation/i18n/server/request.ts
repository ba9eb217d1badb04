import "server-only";
import { getRequestConfig } from "next-intl/server";
import { cookies, headers } from "next/headers";
import { LOCALE_COOKIE } from "#foundation/i18n/locales";
import { MESSAGES } from "#foundation/i18n/messages";
import { negotiateLocale } from "#foundation/i18n/negotiate-locale";

/** The configuration that next-intl loads for every request. The language is not part of the URL. */
export default getRequestConfig(async () => {
  const chosen = (await cookies()).get(LOCALE_COOKIE)?.value;
  const locale = negotiateLocale(chosen, (await headers()).get("accept-language"));
  return {
    locale,
    messages: MESSAGES[locale],
    // Used by the server and by the browser during hydration, so that both render the same; then `Instant` switches to
    // the reader's time.
    now: new Date(),
    timeZone: "UTC",
  };
});
