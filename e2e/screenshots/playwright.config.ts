import { defineConfig } from "playwright/test";
import base from "../../playwright.config.ts";
import { demoServer } from "../support/demo-server.ts";

/** Enough for every state of a phone, and filled in less than a minute. */
const PHONES = 10_000;

// What two runs show differs in its times only.
export default defineConfig({
  testDir: ".",
  testMatch: "take-screenshots.ts",
  outputDir: "../../test-results/screenshots",
  workers: 1,
  timeout: 600_000,
  expect: { timeout: 15_000 },
  reporter: "list",
  use: { ...base.use, locale: "en-GB", timezoneId: "Europe/Berlin" },
  webServer: demoServer(PHONES),
});
