import { globSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "playwright/test";
import type { Page } from "playwright/test";
import { messagesOf } from "../support/messages.ts";
import { PAGES } from "../support/pages.ts";
import { signIn } from "../support/sign-in.ts";

const t = messagesOf("en");

const FOLDER = "docs/screenshots";
const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 360, height: 720 };

/** One page of each kind, from the first row of a list that shows it well. */
const DETAILS = {
  phone: "/devices?progress=fell_back",
  rule: "/updates/pending?q=CX600%20Berlin",
  import: "/updates/imports",
  "roll-out": "/roll-outs?q=CX600%20Lyon",
  "roll-out-halted": "/roll-outs?state=halted",
} as const;

const ALSO_NARROW: readonly string[] = ["home", "devices", "updates-pending", "phone", "roll-out"];

for (const theme of ["light", "dark"] as const) {
  test(`screenshots of every page, ${theme}`, async ({ page }) => {
    await Promise.all(globSync(`${FOLDER}/*-${theme}.webp`).map((file) => rm(file)));
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    await page.setViewportSize(WIDE);
    await page.goto("/sign-in");
    await take(page, `sign-in-${theme}`);
    await signIn(page, t, "admin");
    for (const [name, path] of [...fixedPages(), ...(await detailPages(page))]) {
      await page.goto(path);
      await take(page, `${name}-${theme}`);
      if (ALSO_NARROW.includes(name)) {
        await page.setViewportSize(NARROW);
        await take(page, `${name}-narrow-${theme}`);
        await page.setViewportSize(WIDE);
      }
    }
  });
}

function fixedPages(): (readonly [name: string, path: string])[] {
  return PAGES.map((path) => [path.slice(1).replaceAll("/", "-"), path] as const);
}

async function detailPages(page: Page): Promise<(readonly [name: string, path: string])[]> {
  const found: (readonly [name: string, path: string])[] = [];
  for (const [name, list] of Object.entries(DETAILS)) {
    await page.goto(list);
    const link = page.getByRole("rowheader").first().getByRole("link").first();
    const path = await link.getAttribute("href");
    expect(path, `${list} has a row`).not.toBeNull();
    found.push([name, path ?? list]);
  }
  return found;
}

/** Takes a screenshot when nothing on the page loads any more. */
async function take(page: Page, name: string): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  await expect(page.locator(".skeleton, .animate-pulse")).toHaveCount(0);
  // Times are those of the server until the page is hydrated.
  await expect(page.locator("time[title*=UTC]")).toHaveCount(0);
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({
    path: join(FOLDER, `${name}.webp`),
    type: "webp",
    quality: 80,
    animations: "disabled",
  });
}
