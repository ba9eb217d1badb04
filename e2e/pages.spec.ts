import { expect, test } from "playwright/test";
import type { Page } from "playwright/test";
import { DEFAULT_LOCALE, LOCALES } from "#foundation/i18n/locales";
import { expectNoViolationInAnyTheme } from "./support/accessibility.ts";
import { messagesOf } from "./support/messages.ts";
import { PAGES } from "./support/pages.ts";
import { readIn, signIn } from "./support/sign-in.ts";

const t = messagesOf("en");

test("the sign-in page has no accessibility violation, in light or dark, wide or narrow", async ({
  page,
}) => {
  await page.goto("/sign-in");
  await expectNoViolationInAnyTheme(page);
});

const HALF = Math.ceil(PAGES.length / 2);

// Each page is checked in four variants, so the pages are split into several tests, none of which takes minutes.
for (const [which, paths] of [
  ["first half", PAGES.slice(0, HALF)],
  ["second half", PAGES.slice(HALF)],
] as const) {
  test(`no page of the ${which} has an accessibility violation, in light or dark, wide or narrow, or scrolls sideways`, async ({
    page,
  }) => {
    test.setTimeout(300_000);
    await signIn(page, t, "admin");
    await expectNoViolationOn(page, paths);
  });
}

test("no detail page has an accessibility violation, in light or dark, wide or narrow, or scrolls sideways", async ({
  page,
}) => {
  test.setTimeout(300_000);
  await signIn(page, t, "admin");
  await expectNoViolationOn(page, await detailPages(page));
});

async function expectNoViolationOn(page: Page, paths: readonly string[]): Promise<void> {
  for (const [index, path] of paths.entries()) {
    // Every page in one language, and every language on some pages: a text of another length or direction is what
    // differs between languages.
    await readIn(page, LOCALES[index % LOCALES.length] ?? DEFAULT_LOCALE);
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectNoViolationInAnyTheme(page);
  }
}

test("the page of a missing item answers 404 with an explanation and a link back", async ({
  page,
}) => {
  await signIn(page, t, "admin");
  for (const list of ["updates", "updates/imports", "devices", "captures", "logs"]) {
    for (const id of ["00000000-0000-4000-8000-000000000000", "nothing"]) {
      const response = await page.goto(`/${list}/${id}`);
      expect(response?.status(), `${list}/${id}`).toBe(404);
      await expect(page.getByRole("heading", { name: t("errors.notFound.title") })).toBeVisible();
    }
  }
  await page.getByRole("link", { name: t("errors.backToHome") }).click();
  await expect(page).toHaveURL(/\/home$/);
});

test("the URL holds the table's state: search, sort and filter survive a reload", async ({
  page,
}) => {
  await signIn(page, t, "admin");
  await page.goto("/updates/all?q=CX600&sort=model&order=asc");
  const rows = page.getByRole("row").filter({ has: page.getByRole("rowheader") });
  await expect(rows).toHaveCount(1);
  await expect(page.getByRole("textbox", { name: t("updates.search") })).toHaveValue("CX600");
  await page.getByRole("textbox", { name: t("updates.search") }).fill("CX500");
  await expect(page).toHaveURL(/q=CX500/);
  await page.reload();
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText("CX500");
});

test("a printed list has its rows in full and no navigation, on paper of both directions", async ({
  page,
}) => {
  await signIn(page, t, "admin");
  await page.goto("/updates/all");
  await page.emulateMedia({ media: "print" });
  for (const width of [718, 1047]) {
    await page.setViewportSize({ width, height: 1000 });
    await expect(page.getByRole("navigation", { name: t("shell.navigation") })).toBeHidden();
    await expect(page.getByRole("button", { name: t("table.columns") })).toBeHidden();
    await expect(page.getByRole("main").getByRole("checkbox").first()).toBeHidden();
    await expect(page.getByRole("button", { name: t("imports.dialog.open") })).toBeHidden();
    await expect(page.getByRole("row").last()).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      width,
    );
  }
});

test("a high contrast theme shows what is a button and which page is open", async ({ page }) => {
  await signIn(page, t, "admin");
  await page.goto("/updates/all");
  await page.emulateMedia({ forcedColors: "active" });
  const button = page.getByRole("button", { name: t("imports.dialog.open"), exact: true });
  await expect(button).toHaveCSS("border-top-style", "solid");
  const navigation = page.getByRole("navigation", { name: t("shell.navigation") });
  const backgroundOf = (name: string) =>
    navigation
      .getByRole("link", { name })
      .evaluate((link) => getComputedStyle(link).backgroundColor);
  expect(await backgroundOf(t("shell.nav.updates"))).not.toBe(
    await backgroundOf(t("shell.nav.audit")),
  );
});

/** The paths of one rule, one device and one import, from the links in the lists. */
async function detailPages(page: Page): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const list of ["/updates/all", "/devices", "/updates/imports"]) {
    await page.goto(list);
    const link = page.getByRole("rowheader").first().getByRole("link").first();
    const path = await link.getAttribute("href");
    expect(path, `${list} links to its items`).not.toBeNull();
    paths.push(path ?? list);
  }
  return paths;
}
