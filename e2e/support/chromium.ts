import { existsSync } from "node:fs";
import process from "node:process";

const SYSTEM_PATHS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The browser for the tests: the one in CHROMIUM_PATH, else the system's. An empty object lets Playwright choose. */
export function chromiumPath(): { readonly executablePath?: string } {
  const named = process.env.CHROMIUM_PATH ?? SYSTEM_PATHS.find((path) => existsSync(path));
  return named === undefined ? {} : { executablePath: named };
}
