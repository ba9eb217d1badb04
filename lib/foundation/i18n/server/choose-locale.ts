"use server";

import { cookies } from "next/headers";
import { LOCALE_COOKIE, isLocale } from "#foundation/i18n/locales";

const KEEP_SECONDS = 365 * 24 * 60 * 60;

/** Stores the language in a cookie of this browser. Needs no permission and no account: it affects no other user. */
export async function chooseLocale(locale: string): Promise<void> {
  if (!isLocale(locale)) {
    return;
  }
  (await cookies()).set(LOCALE_COOKIE, locale, {
    httpOnly: true,
    maxAge: KEEP_SECONDS,
    path: "/",
    sameSite: "lax",
  });
}
