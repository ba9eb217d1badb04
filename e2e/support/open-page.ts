import type { Page } from "playwright/test";
import { expectToTakeKeys } from "./keyboard.ts";

/** Opens a page and waits until its scripts have reached it: before, links load whole pages, and keys do nothing. */
export async function openPage(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expectToTakeKeys(page.getByRole("heading", { level: 1 }));
}
