import { expect, test } from "playwright/test";
import { expectNoViolationInAnyTheme } from "./support/accessibility.ts";
import { messagesOf } from "./support/messages.ts";
import { signIn } from "./support/sign-in.ts";

const t = messagesOf("en");
const SCRIPTS = "**/_next/static/chunks/*.js";

test("a dialog that cannot be loaded says so, leaves the page as it is, and opens when asked again", async ({
  page,
}) => {
  await signIn(page, t, "admin");
  await page.goto("/updates/pending", { waitUntil: "networkidle" });
  const problem = page.getByRole("alert").filter({ hasText: t("common.notLoaded.title") });
  const retry = problem.getByRole("button", { name: t("common.retry") });
  const dialog = page.getByRole("dialog", { name: t("imports.dialog.title") });

  // Everything else is loaded: what the page still asks for is the dialog.
  await page.route(SCRIPTS, (route) => route.abort());
  await page
    .getByRole("button", { name: t("imports.dialog.open"), exact: true })
    .first()
    .click();
  await expect(problem).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expectNoViolationInAnyTheme(page);
  await retry.click();
  await expect(problem).toBeVisible();
  await expect(dialog).toBeHidden();

  await page.unroute(SCRIPTS);
  await retry.click();
  await expect(dialog).toBeVisible();
  await expect(problem).toBeHidden();
});

for (const { opener, opened } of [
  { opener: t("table.columns"), opened: "menu" },
  { opener: t("devices.list.columns.state"), opened: "listbox" },
] as const) {
  test(`what "${opener}" opens says so if it cannot be loaded, and opens when asked again`, async ({
    page,
  }) => {
    await signIn(page, t, "viewer");
    await page.goto("/devices", { waitUntil: "networkidle" });
    const problem = page.getByRole("alert").filter({ hasText: t("common.notLoaded.title") });
    const part = page.getByRole(opened);

    await page.route(SCRIPTS, (route) => route.abort());
    await page.getByRole("button", { name: opener, exact: true }).first().click();
    await expect(problem).toBeVisible();
    await expect(part).toBeHidden();

    await page.unroute(SCRIPTS);
    await problem.getByRole("button", { name: t("common.retry") }).click();
    await expect(part).toBeVisible();
    await expect(problem).toBeHidden();
  });
}
