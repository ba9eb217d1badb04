import { expect } from "playwright/test";
import type { Locator, Page } from "playwright/test";

/** More than the controls of any page before its content. */
const MAX_TABS = 80;

/** Presses Tab until a control has the focus, and checks that the focus can be seen at every stop. */
export async function tabTo(page: Page, control: Locator): Promise<void> {
  await expect(control).toBeVisible();
  for (let tabs = 0; tabs < MAX_TABS; tabs += 1) {
    await page.keyboard.press("Tab");
    const { isThere, hidden } = await control.evaluate(describeFocus);
    expect(hidden, "has the focus, and nothing shows it").toBeNull();
    if (isThere) {
      return;
    }
  }
  throw new Error(`${control.toString()} is not reached with ${MAX_TABS} tabs`);
}

/** Waits until the scripts of the page have reached a control. A key that is pressed before does nothing. */
export async function expectToTakeKeys(control: Locator): Promise<void> {
  await expect
    .poll(() =>
      control.evaluate(
        (element) =>
          !("earlyInput" in globalThis) &&
          Object.keys(element).some((key) => key.startsWith("__reactProps")),
      ),
    )
    .toBe(true);
}

/**
 * Runs in the page. The element with the focus, or the field around it, must have an outline and be on the screen;
 * `hidden` is the element if not.
 */
function describeFocus(control: Element): { isThere: boolean; hidden: string | null } {
  const focused = document.activeElement;
  if (focused === null || focused === document.body) {
    // The focus is in the browser's own controls, between the end and the start of the page.
    return { isThere: false, hidden: null };
  }
  const hasOutline = [focused, focused.parentElement].some((element) => {
    const style = element === null ? null : getComputedStyle(element);
    return style !== null && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1;
  });
  const { top, bottom, width, height } = focused.getBoundingClientRect();
  const isOnScreen = width > 0 && height > 0 && bottom > 0 && top < window.innerHeight;
  return {
    isThere: focused === control,
    hidden: hasOutline && isOnScreen ? null : focused.outerHTML.slice(0, 200),
  };
}
