import type { Cookie, Page } from "playwright/test";
import type { Translate } from "./messages.ts";
import { PASSWORDS } from "./server.ts";
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
    await page.waitForURL("**/updates/**");
  }
}

async function fillIn(page: Page, t: Translate, person: Person): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel(t("signIn.name"), { exact: true }).fill(person);
  await page.getByLabel(t("signIn.password"), { exact: true }).fill(PASSWORDS[person]);
  await page.getByRole("button", { name: t("signIn.submit") }).click();
  await page.waitForURL("**/updates/**");
}
