import type { Cookie, Page } from "playwright/test";
import { LOCALE_COOKIE } from "#foundation/i18n/locales";
import type { Locale } from "#foundation/i18n/locales";
import type { Translate } from "./messages.ts";
import { BASE_URL, PASSWORDS } from "./server.ts";
import type { Person } from "./server.ts";

/** The session cookies of each person who has signed in. */
const sessions = new Map<Person, readonly Cookie[]>();

/** Signs a person in: the first time through the form, later with the cookies of that session, as in a browser. */
export async function signIn(page: Page, t: Translate, person: Person): Promise<void> {
  const session = sessions.get(person);
  if (session === undefined) {
    await fillIn(page, t, person);
    sessions.set(person, await page.context().cookies());
  } else {
    await page.context().addCookies(session);
    await page.goto("/");
    await page.waitForURL("**/home");
  }
}

async function fillIn(page: Page, t: Translate, person: Person): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel(t("signIn.name"), { exact: true }).fill(person);
  await page.getByLabel(t("signIn.password"), { exact: true }).fill(PASSWORDS[person]);
  await page.getByRole("button", { name: t("signIn.submit") }).click();
  await page.waitForURL("**/home");
}

/** Chooses the language in which the next pages are shown. */
export async function readIn(page: Page, locale: Locale): Promise<void> {
  await page.context().addCookies([{ name: LOCALE_COOKIE, value: locale, url: BASE_URL }]);
}
