import axe from "axe-core";
import type { RunOptions } from "axe-core";
import { expect } from "playwright/test";
import type { Page } from "playwright/test";

/** The rules of axe that depend on colours. A theme changes nothing else. */
const RULES_OF_COLOURS = ["color-contrast", "link-in-text-block"];

/**
 * Runs axe on the current page in both themes, wide and narrow, without reloading it. Also checks that the narrow page
 * does not scroll sideways, that nothing is lost at a zoom of 200 %, and that reduced motion is respected.
 */
export async function expectNoViolationInAnyTheme(page: Page): Promise<void> {
  const before = page.viewportSize() ?? { width: 1280, height: 800 };
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: before.height });
    await page.emulateMedia({ colorScheme: "light" });
    await expectNoSidewaysScroll(page);
    await expectNoViolation(page);
    await page.emulateMedia({ colorScheme: "dark" });
    await expectNoViolation(page, { runOnly: { type: "rule", values: RULES_OF_COLOURS } });
  }
  await page.emulateMedia({ colorScheme: null });
  await expectNothingLostWhenZoomed(page);
  await expectNoMotionIfReduced(page);
  await page.setViewportSize(before);
}

/**
 * Runs axe in the page, which has no frames. The page gets its 600 kB once, because reading them takes longer than the
 * rules.
 */
export async function expectNoViolation(page: Page, options: RunOptions = {}): Promise<void> {
  if (!(await page.evaluate(() => "axe" in globalThis))) {
    await page.evaluate(axe.source);
  }
  // Without `resultTypes`, axe also describes every element that passes.
  const all = JSON.stringify({ ...options, resultTypes: ["violations"] } satisfies RunOptions);
  const found = await page.evaluate<readonly string[]>(
    `axe.run(document, ${all}).then(({ violations }) =>
      violations.map(({ id, nodes }) => id + ": " + nodes[0]?.html))`,
  );
  expect(found, page.url()).toEqual([]);
}

/** Checks that the page is not wider than the window. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, `${page.url()} scrolls sideways`).toBe(0);
}

/** Checks that each table shows all its columns without scrolling sideways. */
export async function expectNoColumnCutOff(page: Page): Promise<void> {
  const cutOff = await page.evaluate(() =>
    [...document.querySelectorAll("main table")].flatMap((table) => {
      const frame = table.parentElement;
      return frame === null || frame.scrollWidth <= frame.clientWidth
        ? []
        : [
            `${frame.scrollWidth - frame.clientWidth} pixels of ${table.querySelector("caption")?.textContent}`,
          ];
    }),
  );
  expect(cutOff, `${page.url()} cuts off columns`).toEqual([]);
}

/** At a zoom of 200 %, a window of 1280 pixels has 640. Controls beyond the edge are lost unless their region scrolls. */
async function expectNothingLostWhenZoomed(page: Page): Promise<void> {
  await page.setViewportSize({ width: 640, height: 400 });
  await expectNoSidewaysScroll(page);
  const lost = await page.evaluate(() => {
    const scrolls = (element: Element | null): boolean =>
      element !== null &&
      (["auto", "scroll"].includes(getComputedStyle(element).overflowX) ||
        scrolls(element.parentElement));
    return [...document.querySelectorAll("main :is(a, button, input, select, textarea)")]
      .filter((control) => {
        const { left, right, width } = control.getBoundingClientRect();
        return width > 1 && (left < -1 || right > window.innerWidth + 1) && !scrolls(control);
      })
      .map((control) => control.outerHTML.slice(0, 200));
  });
  expect(lost, `${page.url()} at a zoom of 200 %`).toEqual([]);
}

/** Skeletons, spinners, dialogs and colours do not move for people who asked for that. */
async function expectNoMotionIfReduced(page: Page): Promise<void> {
  await page.emulateMedia({ reducedMotion: "reduce" });
  const longestMs = await page.evaluate(() =>
    [...document.querySelectorAll("*")].reduce((longest, element) => {
      const { animationName, animationDuration, transitionDuration } = getComputedStyle(element);
      const durations = [
        ...(animationName === "none" ? [] : animationDuration.split(",")),
        ...transitionDuration.split(","),
      ];
      return Math.max(longest, ...durations.map((text) => parseFloat(text) * 1000));
    }, 0),
  );
  await page.emulateMedia({ reducedMotion: null });
  expect(longestMs, `${page.url()} moves although motion is reduced`).toBeLessThan(1);
}
