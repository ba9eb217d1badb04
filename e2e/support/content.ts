import type { Locator, Page } from "playwright/test";

/**
 * What a page shows, without navigation, dialogs and messages. A part that the server sends later is hidden at the end of
 * the document before it is shown, and for a moment may be in both places; only roles leave out what is hidden.
 */
export function contentOf(page: Page): Locator {
  return page.locator("#content");
}
