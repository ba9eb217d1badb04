import { expect, test } from "playwright/test";
import type { Page } from "playwright/test";
import { contentOf } from "./support/content.ts";
import { messagesOf } from "./support/messages.ts";
import { openPage } from "./support/open-page.ts";
import { signIn } from "./support/sign-in.ts";

const t = messagesOf("en");

const FQDN = `${"x".repeat(60)}.${"y".repeat(60)}.${"z".repeat(60)}.contoso.com`;

test("a pool with a very long name widens neither its page nor its dialog, wide or narrow", async ({
  page,
}) => {
  await signIn(page, t, "admin");
  await page.goto("/pools");
  await page.getByRole("button", { name: t("pools.actions.new") }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(t("pools.fields.fqdn")).fill(FQDN);
  await dialog.getByLabel(t("pools.fields.siteName")).fill("Lyon");
  for (const name of ["internalBaseUrl", "externalBaseUrl"] as const) {
    await dialog.getByLabel(t(`pools.fields.${name}`)).fill("https://long.contoso.com");
  }
  await dialog.getByRole("button", { name: t("pools.new.submit") }).click();
  await expect(page.getByRole("heading", { name: FQDN })).toBeVisible();

  for (const path of ["/homes", "/pools"]) {
    await page.goto(path);
    await expect(contentOf(page).getByText(FQDN).first()).toBeAttached();
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 900 });
      await expect.poll(() => overflowOf(page)).toBe(0);
    }
  }
  await page.getByRole("button", { name: t("pools.actions.menu", { pool: FQDN }) }).click();
  await page.getByRole("menuitem", { name: t("pools.actions.remove") }).click();
  const question = page.getByRole("alertdialog");
  await expect(question).toBeVisible();
  expect(await question.evaluate((node) => node.scrollWidth - node.clientWidth)).toBe(0);
  await question.getByRole("button", { name: t("pools.actions.remove") }).click();
  await expect(page.getByRole("heading", { name: FQDN })).toHaveCount(0);
});

test("a long value in a list is clipped only where the table has no room for it", async ({
  page,
}) => {
  await signIn(page, t, "admin");
  await openPage(page, "/updates/all");
  const pool = page.getByRole("table").getByTitle("pool01.contoso.com").first();
  await pool.evaluate((node, long) => {
    node.dataset.text = long;
    node.querySelector("bdi")?.replaceChildren(long);
  }, "pool-of-the-third-floor-in-berlin.contoso.com");
  for (const [width, isClipped] of [
    [1920, false],
    [1024, true],
  ] as const) {
    await page.setViewportSize({ width, height: 900 });
    await expect
      .poll(() => pool.locator("bdi").evaluate((node) => node.scrollWidth > node.clientWidth))
      .toBe(isClipped);
    expect(await overflowOf(page)).toBe(0);
  }
});

/** By how many pixels the page is wider than the window. */
function overflowOf(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
}
