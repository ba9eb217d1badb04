import { expect, test } from "playwright/test";
import type { Page } from "playwright/test";
import { expectToTakeKeys } from "./support/keyboard.ts";
import { messagesOf } from "./support/messages.ts";
import { openPage } from "./support/open-page.ts";
import { signIn } from "./support/sign-in.ts";

const t = messagesOf("en");

const LINE = "[data-slot=navigation-progress]";
const NARROW = { width: 360, height: 780 };

/** Holds the answers to navigations until they are released. */
async function holdNavigations(page: Page): Promise<() => void> {
  const { promise: released, resolve } = Promise.withResolvers<undefined>();
  await page.route(
    (url) => url.searchParams.has("_rsc"),
    async (route) => {
      if (!("next-router-prefetch" in route.request().headers())) {
        await released;
      }
      await route.continue();
    },
  );
  return () => {
    resolve(undefined);
  };
}

async function expectLineUntilReleased(page: Page, release: () => void): Promise<void> {
  await expect(page.locator(LINE)).toHaveCSS("opacity", "1");
  release();
  await page.waitForURL("**/pools");
  await expect(page.locator(LINE)).toHaveCSS("opacity", "0");
}

test("a line shows that a page of the navigation is loading, and moves nothing", async ({
  page,
}) => {
  // A refresh might change the height.
  await page.route("**/api/live", (route) => route.abort());
  await signIn(page, t, "admin");
  const link = page.getByRole("link", { name: t("shell.nav.pools"), exact: true });
  await expectToTakeKeys(link);
  const release = await holdNavigations(page);
  const heightOf = () => page.evaluate(() => document.documentElement.scrollHeight);
  const before = await heightOf();
  await link.click();
  await expect(page.locator(LINE)).toHaveCSS("opacity", "1");
  expect(await heightOf()).toBe(before);
  await expectLineUntilReleased(page, release);
});

test("a navigation of less than 150 ms shows no line", async ({ page }) => {
  await signIn(page, t, "admin");
  await holdNavigations(page);
  const link = page.getByRole("link", { name: t("shell.nav.pools"), exact: true });
  await expectToTakeKeys(link);
  const shown = await link.evaluate(async (element, line) => {
    element.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
    const clickedAt = performance.now();
    let greatest = 0;
    while (performance.now() - clickedAt < 120) {
      await new Promise(requestAnimationFrame);
      const { opacity } = getComputedStyle(document.querySelector(line) ?? document.body);
      greatest =
        performance.now() - clickedAt < 150 ? Math.max(greatest, Number(opacity)) : greatest;
    }
    return greatest;
  }, LINE);
  expect(shown).toBe(0);
});

test("the line stays after the narrow navigation and the palette have closed, and follows keys", async ({
  page,
}) => {
  await page.setViewportSize(NARROW);
  await signIn(page, t, "admin");
  await test.step("the sheet with the navigation", async () => {
    const release = await holdNavigations(page);
    await page.getByRole("button", { name: t("shell.openNavigation") }).click();
    await page
      .getByRole("dialog")
      .getByRole("link", { name: t("shell.nav.pools"), exact: true })
      .click();
    await expect(page.getByRole("dialog")).toBeHidden();
    await expectLineUntilReleased(page, release);
  });
  await openPage(page, "/home");
  await test.step("the command palette", async () => {
    const release = await holdNavigations(page);
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").fill(t("shell.nav.pools"));
    await page
      .getByRole("option", { name: t("shell.nav.pools"), exact: true })
      .first()
      .click();
    await expectLineUntilReleased(page, release);
  });
  await openPage(page, "/home");
  await test.step("the keys of a page", async () => {
    const release = await holdNavigations(page);
    await page.keyboard.press("g");
    await page.keyboard.press("o");
    await expectLineUntilReleased(page, release);
  });
});
