import { expect, test } from "playwright/test";
import type { Locator, Page } from "playwright/test";
import { messagesOf } from "./support/messages.ts";
import { signIn } from "./support/sign-in.ts";

const t = messagesOf("en");

const SITE = "🏢 <b>Zürich</b>";

test("a dialog whose change gets no answer says so, keeps what was typed, and works afterwards", async ({
  page,
}) => {
  const dialog = await openNewSite(page);
  const name = dialog.getByLabel(t("sites.fields.name"));
  await name.fill(SITE);

  await page.context().setOffline(true);
  await dialog.getByRole("button", { name: t("sites.new.submit") }).click();
  await expect(dialog.getByRole("alert")).toHaveText(t("errors.codes.unreachable"));
  await expect(name).toHaveValue(SITE);

  await page.context().setOffline(false);
  await dialog.getByRole("button", { name: t("sites.new.submit") }).click();
  await expect(page.getByText(t("sites.created"))).toBeVisible();
  await expect(page.getByText(SITE).first()).toBeVisible();
});

test("a dialog that is sent after the session ended leads to the sign-in and back", async ({
  page,
}) => {
  const dialog = await openNewSite(page);
  await dialog.getByLabel(t("sites.fields.name")).fill(SITE);

  // As the browser does when the cookie is too old.
  await page.context().clearCookies({ name: /session-token/ });
  await dialog.getByRole("button", { name: t("sites.new.submit") }).click();
  await expect(page).toHaveURL(/\/sign-in\?callbackUrl=%2Fsites/);
});

test("the phones of an unknown roll-out are explained, not an error", async ({ page }) => {
  await signIn(page, t, "viewer");
  for (const rollOut of ["bogus", "00000000-0000-0000-0000-000000000000"]) {
    await page.goto(`/devices?rollOut=${rollOut}`);
    await expect(page.getByText(t("devices.unknownRollOut.title"))).toBeVisible();
  }
});

async function openNewSite(page: Page): Promise<Locator> {
  await signIn(page, t, "admin");
  await page.goto("/sites");
  await page.getByRole("button", { name: t("sites.actions.new") }).click();
  return page.getByRole("dialog");
}
