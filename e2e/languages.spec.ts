import { expect, test } from "playwright/test";
import { LOCALES, TEXT_DIRECTIONS } from "#foundation/i18n/locales";
import {
  expectNoColumnCutOff,
  expectNoSidewaysScroll,
  expectNoViolation,
} from "./support/accessibility.ts";
import { contentOf } from "./support/content.ts";
import { messagesOf } from "./support/messages.ts";
import { PAGES } from "./support/pages.ts";
import { readIn, signIn } from "./support/sign-in.ts";

// Unit tests compare the texts of all languages, and pages.spec.ts looks for violations of accessibility in each, on some
// pages; from right to left they are looked for on every page, here. pages.spec.ts also runs the scripts of every page:
// here they would cost half of the time and change no text.
for (const locale of LOCALES) {
  test(`every page in "${locale}" has its direction, does not scroll sideways, wide or narrow, and cuts off no column`, async ({
    page,
  }) => {
    await signIn(page, messagesOf("en"), "admin");
    await readIn(page, locale);
    await page.route("**/_next/static/**/*.js", (route) => route.abort());
    for (const path of PAGES) {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(page.locator("html")).toHaveAttribute("lang", locale);
      await expect(page.locator("html")).toHaveAttribute("dir", TEXT_DIRECTIONS[locale]);
      for (const width of [360, 1280]) {
        await page.setViewportSize({ width, height: 800 });
        await expectNoSidewaysScroll(page);
      }
      // The page is wide now.
      await expectNoColumnCutOff(page);
      if (TEXT_DIRECTIONS[locale] === "rtl") {
        await expectNoViolation(page);
      }
    }
  });
}

test("the navigation of an Arabic page is on the right, and versions and addresses keep their order", async ({
  page,
}) => {
  const t = messagesOf("ar");
  await signIn(page, messagesOf("en"), "admin");
  await readIn(page, "ar");
  await page.goto("/pools");
  const navigation = page.getByRole("navigation", { name: t("shell.navigation") });
  const { x: start = 0 } = (await navigation.boundingBox()) ?? {};
  const { x: content = 0 } = (await page.getByRole("main").boundingBox()) ?? {};
  expect(start).toBeGreaterThan(content);
  await page.goto("/updates/all");
  const version = page.getByRole("table").locator("code").first();
  await expect(version).toHaveCSS("direction", "ltr");
  await expect(version).toHaveCSS("unicode-bidi", "isolate");
  // What is clipped at its end: a Latin name would lose its beginning.
  const pool = page.getByRole("table").getByText("pool01.contoso.com").first();
  await expect(pool).toHaveCSS("direction", "ltr");
  await page.getByRole("rowheader").getByRole("link").first().click();
  const breadcrumb = page.getByRole("navigation", { name: t("common.breadcrumb") });
  await expect(breadcrumb.locator("[aria-current=page]")).toHaveCSS("direction", "ltr");
});

test("in Arabic, a Latin heading is above its description, and examples in fields keep their order", async ({
  page,
}) => {
  await signIn(page, messagesOf("en"), "admin");
  await readIn(page, "ar");
  await page.goto("/pools");
  const heading = page.getByRole("main").getByRole("heading", { level: 2 }).first();
  const distance = await heading.evaluate((element) => {
    const text = document.createRange();
    text.selectNodeContents(element);
    const { right = 0 } = element.parentElement?.getBoundingClientRect() ?? {};
    return Math.abs(right - text.getBoundingClientRect().right);
  });
  expect(distance).toBeLessThan(1);
  await expect(page.getByText("admin", { exact: true }).first()).toHaveCSS("text-align", "right");
  await page.goto("/settings/notifications");
  const example = contentOf(page).getByPlaceholder("mail.contoso.com");
  expect(
    await example.evaluate((field) => getComputedStyle(field, "::placeholder").unicodeBidi),
  ).toBe("plaintext");
});
