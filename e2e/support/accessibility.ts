import AxeBuilder from "@axe-core/playwright";
import { expect } from "playwright/test";
import type { Page } from "playwright/test";

/** The rules of axe that depend on colours. A theme changes nothing else. */
const RULES_OF_COLOURS = ["color-contrast", "link-in-text-block"];

/**
 * Runs axe on the current page in both themes, wide and narrow, without reloading it. Also checks that the narrow page
 * does not scroll sideways.
 */
export async function expectNoViolationInAnyTheme(page: Page): Promise<void> {
  const before = page.viewportSize() ?? { width: 1280, height: 800 };
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: before.height });
    await page.emulateMedia({ colorScheme: "light" });
    await expectNoSidewaysScroll(page);
    await expectNoViolation(page, axe(page));
    await page.emulateMedia({ colorScheme: "dark" });
    await expectNoViolation(page, axe(page).withRules(RULES_OF_COLOURS));
  }
  await page.emulateMedia({ colorScheme: null });
  await page.setViewportSize(before);
}

/** Without the option, axe also describes every element that passes. */
function axe(page: Page): AxeBuilder {
  return new AxeBuilder({ page }).options({ resultTypes: ["violations"] });
}

/**
 * The legacy mode supports pages without cross-origin frames, such as those of the panel, and opens no second page for
 * each run.
 */
async function expectNoViolation(page: Page, builder: AxeBuilder): Promise<void> {
  const { violations } = await builder.setLegacyMode().analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`);
  expect(found, page.url()).toEqual([]);
}

async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, `${page.url()} scrolls sideways`).toBe(0);
}
