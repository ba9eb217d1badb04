"use server";

import { cookies } from "next/headers";
import { LOCALE_COOKIE, isLocale } from "#foundation/i18n/locales";

const KEEP_SECONDS = 365 * 24 * 60 * 60;

/** Remembers the language for this browser. Anybody may: it concerns nobody else and needs no account. */
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
