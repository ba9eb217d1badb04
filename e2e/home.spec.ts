import { expect, test } from "playwright/test";
import type { Page } from "playwright/test";
import { aPackage } from "./support/cabinet.ts";
import { expectPhones, importWithCommand } from "./support/command.ts";
import { messagesOf } from "./support/messages.ts";
import { connectPhone } from "./support/phone.ts";
import { signIn } from "./support/sign-in.ts";

const t = messagesOf("en");

/** The card of a figure, by its label. */
function card(page: Page, label: string) {
  return page.getByRole("region", { name: t("home.figures.title") }).getByRole("link", {
    name: label,
  });
}

async function numberOn(page: Page, label: string): Promise<number> {
  const text = await card(page, label).innerText();
  return Number(/\d+/.exec(text)?.[0]);
}

test("Home is the first page, follows the fleet without a reload, and each figure leads to its phones", async ({
  page,
}) => {
  await signIn(page, t, "admin");
  await page.goto("/");
  await expect(page).toHaveURL(/\/home$/);
  const before = await numberOn(page, t("home.figures.all"));

  await connectPhone({ macAddress: "0004F20000AA", model: "CX600", version: "4.0.7577.4100" });
  await expectPhones(["00-04-F2-00-00-AA"], 1);
  // The worker counts the fleet after a change of rules, and the page hears of it.
  await importWithCommand(aPackage("4.0.7577.4299"));
  await expect
    .poll(() => numberOn(page, t("home.figures.all")), { timeout: 60_000 })
    .toBeGreaterThan(before);

  const rows = page.getByRole("row").filter({ has: page.getByRole("rowheader") });
  // Home shows the last count of the worker, and the list the phones of the moment.
  await expect(async () => {
    await page.goto("/home");
    const waiting = await numberOn(page, t("home.figures.waiting_for_test"));
    expect(waiting).toBeGreaterThan(0);
    await card(page, t("home.figures.waiting_for_test")).click();
    await expect(page).toHaveURL(/state=waiting_for_test/);
    await expect(rows).toHaveCount(waiting, { timeout: 2_000 });
  }).toPass();
});

test("the navigation stays as a person leaves it", async ({ page }) => {
  await signIn(page, t, "admin");
  await page.goto("/home");
  const nav = page.getByRole("navigation", { name: t("shell.navigation") });
  const checks = nav.getByRole("link", { name: t("shell.nav.checks"), exact: true });
  const expand = page.getByRole("button", { name: t("shell.expandNavigation") });
  await nav.getByRole("button", { name: t("shell.groups.service") }).click();
  await expect(checks).toBeHidden();
  await page.reload();
  await expect(checks).toBeHidden();
  await page.getByRole("button", { name: t("shell.collapseNavigation") }).click();
  await expect(expand).toBeVisible();
  await page.reload();
  await expect(expand).toBeVisible();
  await expect(checks).toBeVisible();
});
