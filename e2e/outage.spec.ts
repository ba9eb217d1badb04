import { expect, test } from "playwright/test";
import type { Locator, Page } from "playwright/test";
import { messagesOf } from "./support/messages.ts";
import { BASE_URL } from "./support/server.ts";
import { signIn } from "./support/sign-in.ts";

const t = messagesOf("en");

const SITE = "🏢 <b>Zürich</b>";
const OTHER_SITE = "St. Gallen";

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

test("a dialog that is sent after the session ended keeps what was typed, and works after the sign-in in a new tab", async ({
  page,
  context,
}) => {
  const dialog = await openNewSite(page);
  const name = dialog.getByLabel(t("sites.fields.name"));
  await name.fill(OTHER_SITE);
  const session = await context.cookies();

  // As the browser does when the cookie is too old.
  await context.clearCookies({ name: /session-token/ });
  await dialog.getByRole("button", { name: t("sites.new.submit") }).click();
  const opening = context.waitForEvent("page");
  await dialog.getByRole("alert").getByRole("link").click();
  const beside = await opening;
  await expect(beside).toHaveURL(/\/sign-in$/);
  await expect(name).toHaveValue(OTHER_SITE);

  // As the sign-in does in the new tab.
  await context.addCookies(session);
  await dialog.getByRole("button", { name: t("sites.new.submit") }).click();
  await expect(page.getByText(t("sites.created"))).toBeVisible();
  await expect(page.getByText(OTHER_SITE).first()).toBeVisible();
});

test("a dialog that the role does not allow any more says so", async ({
  page,
  context,
  browser,
}) => {
  const dialog = await openNewSite(page);
  await dialog.getByLabel(t("sites.fields.name")).fill(OTHER_SITE);
  const other = await browser.newContext({ baseURL: BASE_URL });
  const viewer = await other.newPage();
  await signIn(viewer, t, "viewer");

  // As if an administrator had changed the role of the account.
  await context.clearCookies({ name: /session-token/ });
  await context.addCookies(await other.cookies());
  await dialog.getByRole("button", { name: t("sites.new.submit") }).click();
  await expect(dialog.getByRole("alert")).toHaveText(t("errors.codes.forbidden"));
  await other.close();
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
