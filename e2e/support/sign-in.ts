import type { Page } from "@playwright/test";
import type { Translate } from "./messages.ts";
import { PASSWORDS } from "./server.ts";
import type { Person } from "./server.ts";

/** Signs somebody in through the form, as a person does, and waits for the panel. */
export async function signIn(page: Page, t: Translate, person: Person): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel(t("signIn.name"), { exact: true }).fill(person);
  await page.getByLabel(t("signIn.password"), { exact: true }).fill(PASSWORDS[person]);
  await page.getByRole("button", { name: t("signIn.submit") }).click();
  await page.waitForURL("**/updates/**");
}
