import process from "node:process";
import { defineConfig } from "playwright/test";
import base from "../../playwright.config.ts";
import { BASE_URL, DATA_DIRECTORY, EXTERNAL_PORT, PASSWORDS, PORT } from "../support/server.ts";

/** As many as the demonstration has. */
export const FLEET_PHONES = Number(process.env.FLEET_PHONES ?? 100_000);

// The demonstration is filled but its phones do not check, so that numbers stay.
export default defineConfig({
  testDir: ".",
  testMatch: "large-fleet.ts",
  outputDir: "../../test-results/fleet",
  workers: 1,
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: "list",
  use: { ...base.use, baseURL: BASE_URL, locale: "en-GB" },
  webServer: {
    command: `npm run demo -- --phones ${FLEET_PHONES} --fill-only && npm start`,
    cwd: "../..",
    url: `${BASE_URL}/api/health`,
    timeout: 1_200_000,
    gracefulShutdown: { signal: "SIGTERM", timeout: 20_000 },
    stdout: "ignore",
    stderr: "pipe",
    env: {
      PORT: String(PORT),
      EXTERNAL_PORT: String(EXTERNAL_PORT),
      DATA_DIRECTORY,
      ADMIN_PASSWORD: PASSWORDS.admin,
      LOG_LEVEL: "warn",
    },
  },
});
