import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { LongestFirst } from "./scripts/testing/longest-first.ts";

// `server-only` throws unless this condition is set; it must not be mocked. Vitest passes the conditions on to Node, so
// "import" must not be among them: `require` would then load ES modules.
const ssr = { resolve: { conditions: ["react-server", "node"] } };

/** Unit tests compute all the time. */
const UNIT_WORKERS = 2;
/** Integration tests mostly wait for processes, sockets and intervals, but starting a server occupies both processors. */
const INTEGRATION_WORKERS = 3;

/** The same as for every program: scripts/lib/prepare.mjs. Tests start hundreds of processes. */
const NODE_COMPILE_CACHE = join(import.meta.dirname, "node_modules", ".cache", "compiled");

export default defineConfig({
  ssr,
  test: {
    env: { NODE_COMPILE_CACHE },
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        ssr,
        test: {
          name: "unit",
          // Unit tests change nothing that another file could see, so a worker loads each module once.
          isolate: false,
          include: ["{lib,components,scripts,bench}/**/*.test.{ts,tsx}"],
          exclude: ["**/*.integration.test.ts", "**/node_modules/**"],
          environment: "node",
          maxWorkers: UNIT_WORKERS,
          testTimeout: 20_000,
          env: { LOG_LEVEL: "silent" },
        },
      },
      {
        ssr,
        // The conditions for loading the global set-up, which runs in Vitest's own process.
        environments: { __vitest__: ssr },
        test: {
          name: "integration",
          include: ["{lib,scripts}/**/*.integration.test.ts"],
          environment: "node",
          globalSetup: ["./lib/foundation/platform/testing/global-setup.ts"],
          setupFiles: ["./lib/foundation/platform/testing/own-database.ts"],
          maxWorkers: INTEGRATION_WORKERS,
          // After the unit tests, if both run: Vitest wants this for projects with different numbers of workers.
          sequence: { groupOrder: 1 },
          // Only ends a test that hangs. What a test waits for has a limit of its own.
          testTimeout: 180_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 30_000 } },
        },
      },
    ],
  },
});
