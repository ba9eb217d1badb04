import { defineConfig } from "@playwright/test";
import { chromiumPath } from "./e2e/support/chromium.ts";
import { BASE_URL, DATA_DIRECTORY, EXTERNAL_PORT, PASSWORDS, PORT } from "./e2e/support/server.ts";

const CHROMIUM_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--no-first-run",
];

const ENGLISH = { locale: "en-GB" };
/** Looks at pages whatever is on them. */
const ONLY_LOOKS = "pages.spec.ts";

// One server, one database: what a spec sees must not depend on what another one does at the moment. So they run one after
// the other, all but the one that changes nothing, which runs beside them.
export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  fullyParallel: false,
  workers: 2,
  forbidOnly: true,
  timeout: 180_000,
  expect: { timeout: 15_000 },
  reporter: [["line"], ["json", { outputFile: "test-results/e2e.json" }]],
  use: {
    baseURL: BASE_URL,
    trace: "retain-on-failure",
    launchOptions: { ...chromiumPath(), args: CHROMIUM_FLAGS },
  },
  webServer: {
    command: "npm start",
    url: `${BASE_URL}/api/health`,
    timeout: 300_000,
    reuseExistingServer: false,
    gracefulShutdown: { signal: "SIGTERM", timeout: 20_000 },
    stdout: "ignore",
    stderr: "pipe",
    env: {
      PORT: String(PORT),
      EXTERNAL_PORT: String(EXTERNAL_PORT),
      DATA_DIRECTORY,
      ADMIN_PASSWORD: PASSWORDS.admin,
      POOL_FQDN: "pool01.contoso.com",
      LOG_LEVEL: "warn",
    },
  },
  projects: [
    { name: "set-up", testMatch: "set-up.ts" },
    { name: "looks", testMatch: ONLY_LOOKS, dependencies: ["set-up"], workers: 1, use: ENGLISH },
    {
      name: "english",
      testMatch: "*.spec.ts",
      testIgnore: ONLY_LOOKS,
      dependencies: ["set-up"],
      workers: 1,
      use: ENGLISH,
    },
    {
      name: "french",
      testMatch: "main-job.spec.ts",
      dependencies: ["english"],
      workers: 1,
      use: { locale: "fr-FR" },
    },
  ],
});
