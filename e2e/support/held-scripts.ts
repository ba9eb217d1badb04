import type { Page } from "playwright/test";

/** Holds back the scripts that the page asks for from now on. Returns what lets them go. */
export async function holdScripts(page: Page): Promise<() => void> {
  const held = Promise.withResolvers<null>();
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await page.route("**/_next/static/**/*.js", async (route) => {
    await held.promise;
    await route.continue();
  });
  return () => {
    held.resolve(null);
  };
}
