import process from "node:process";
import { defineConfig } from "playwright/test";
import base from "../../playwright.config.ts";
import { demoServer } from "../support/demo-server.ts";
import { BASE_URL } from "../support/server.ts";

/** As many as the demonstration has. */
export const FLEET_PHONES = Number(process.env.FLEET_PHONES ?? 100_000);

export default defineConfig({
  testDir: ".",
  testMatch: "large-fleet.ts",
  outputDir: "../../test-results/fleet",
  workers: 1,
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: "list",
  use: { ...base.use, baseURL: BASE_URL, locale: "en-GB" },
  webServer: demoServer(FLEET_PHONES),
});
