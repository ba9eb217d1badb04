import AxeBuilder from "@axe-core/playwright";
import { expect } from "playwright/test";
import type { Page } from "playwright/test";

/** Runs axe on the current page in both themes, wide and narrow, without reloading it. */
export async function expectNoViolationInAnyTheme(page: Page): Promise<void> {
  const before = page.viewportSize() ?? { width: 1280, height: 800 };
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: before.height });
      await expectNoViolation(page);
    }
  }
  await page.emulateMedia({ colorScheme: null });
  await page.setViewportSize(before);
}

/**
 * The legacy mode supports pages without cross-origin frames, such as those of the panel, and opens no second page for
 * each run.
 */
async function expectNoViolation(page: Page): Promise<void> {
  // Without this option, axe also describes every element that passes.
  const builder = new AxeBuilder({ page }).options({ resultTypes: ["violations"] });
  const { violations } = await builder.setLegacyMode().analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`);
  expect(found, page.url()).toEqual([]);
}
