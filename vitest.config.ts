import { defineConfig } from "vitest/config";

// `server-only` throws unless this condition is set; it must not be mocked.
// Vitest hands the conditions on to Node, so "import" must not be among them: `require` would then load ES modules.
const ssr = { resolve: { conditions: ["react-server", "node"] } };

export default defineConfig({
  ssr,
  test: {
    projects: [
      {
        ssr,
        test: {
          name: "unit",
          include: ["{lib,components,scripts,bench}/**/*.test.{ts,tsx}"],
          exclude: ["**/*.integration.test.ts", "**/node_modules/**"],
          environment: "node",
          testTimeout: 20_000,
          env: { LOG_LEVEL: "silent" },
        },
      },
      {
        ssr,
        // What the global set-up, which runs in Vitest's own process, is loaded by.
        environments: { __vitest__: ssr },
        test: {
          name: "integration",
          include: ["{lib,scripts}/**/*.integration.test.ts"],
          environment: "node",
          globalSetup: ["./lib/platform/testing/global-setup.ts"],
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
