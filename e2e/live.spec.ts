import { expect, test } from "playwright/test";
import { aPackage } from "./support/cabinet.ts";
import { importWithCommand } from "./support/command.ts";
import { messagesOf } from "./support/messages.ts";
import { signIn } from "./support/sign-in.ts";

const t = messagesOf("en");

test("a list offers what arrived and moves no row until the reader asks", async ({ page }) => {
  await signIn(page, t, "admin");
  await page.goto("/updates/imports");
  const rows = page.getByRole("row").filter({ has: page.getByRole("rowheader") });
  const links = rows.getByRole("rowheader").getByRole("link");
  await expect(links.first()).toBeVisible();
  const before = await links.evaluateAll((found) => found.map((link) => link.getAttribute("href")));

  await importWithCommand(aPackage("4.0.7577.4330"));
  const offer = page.getByRole("button", { name: t("table.showNew", { count: 1 }) });
  await expect(offer).toBeVisible({ timeout: 30_000 });
  expect(
    await links.evaluateAll((found) => found.map((link) => link.getAttribute("href"))),
  ).toEqual(before);
  await offer.click();
  await expect(rows).toHaveCount(before.length + 1);
  await expect(offer).toBeHidden();
});
