import { defineConfig } from "playwright/test";
import base from "../../playwright.config.ts";
import { BASE_URL, DATA_DIRECTORY, EXTERNAL_PORT, PASSWORDS, PORT } from "../support/server.ts";

/** Enough for every state of a phone, and filled in less than a minute. */
const PHONES = 10_000;

// The demonstration is filled but its phones do not check: what two runs show differs in its times only.
export default defineConfig({
  testDir: ".",
  testMatch: "take-screenshots.ts",
  outputDir: "../../test-results/screenshots",
  workers: 1,
  timeout: 600_000,
  expect: { timeout: 15_000 },
  reporter: "list",
  use: { ...base.use, locale: "en-GB", timezoneId: "Europe/Berlin" },
  webServer: {
    command: `npm run demo -- --phones ${PHONES} --fill-only && npm start`,
    cwd: "../..",
    url: `${BASE_URL}/api/health`,
    timeout: 600_000,
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
