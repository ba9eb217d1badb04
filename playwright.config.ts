import { defineConfig } from "playwright/test";
import { chromiumPath } from "./e2e/support/chromium.ts";
import { BASE_URL, SERVER_ENVIRONMENT } from "./e2e/support/server.ts";

const CHROMIUM_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--no-first-run",
];

const ENGLISH = { locale: "en-GB" };
/** They change nothing that the others see: neither firmware nor pools, and phones only of a model of their own. */
const INDEPENDENT = [
  "early-input.spec.ts",
  "languages.spec.ts",
  "later-parts.spec.ts",
  "navigation-progress.spec.ts",
  "outage.spec.ts",
  "pages.spec.ts",
  "sessions.spec.ts",
  "views.spec.ts",
];

// All specs use one server and one database, and must not see each other's changes. So they run one after the other,
// except the independent ones, which run at the same time, also one after the other.
export default defineConfig({
  testDir: "e2e",
  // Playwright empties this folder, and the reports of the other tests are beside it.
  outputDir: "test-results/browser",
  fullyParallel: false,
  workers: 2,
  forbidOnly: true,
  timeout: 180_000,
  expect: { timeout: 15_000 },
  reporter: [["line"], ["json", { outputFile: "test-results/e2e.json" }]],
  use: {
    baseURL: BASE_URL,
    // A trace costs more than the test: it films each page. For a failure, run the file again with `--trace on`.
    screenshot: "only-on-failure",
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
      ...SERVER_ENVIRONMENT,
      // With several, a change that one answer shows may still be unknown to the process that gives the next one.
      PHONE_PROCESSES: "1",
      // Phones with an address of their own name it, as behind a proxy.
      TRUSTED_PROXIES: "127.0.0.1",
      // The receivers of webhooks are on this machine.
      WEBHOOK_REFUSED_NETWORKS: "169.254.0.0/16",
      POOL_FQDN: "pool01.contoso.com",
    },
  },
  projects: [
    { name: "set-up", testMatch: "set-up.ts" },
    {
      name: "independent",
      testMatch: INDEPENDENT,
      dependencies: ["set-up"],
      workers: 1,
      use: ENGLISH,
    },
    {
      name: "english",
      testMatch: "*.spec.ts",
      testIgnore: INDEPENDENT,
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
