import { join } from "node:path";
import { defineConfig } from "vitest/config";

// `server-only` throws unless this condition is set; it must not be mocked. Vitest passes the conditions on to Node, so
// "import" must not be among them: `require` would then load ES modules.
const ssr = { resolve: { conditions: ["react-server", "node"] } };

/** An integration test mostly waits for processes, sockets and the disk. */
const WORKERS = 2;

/** The same as for every program: scripts/lib/prepare.mjs. Tests start hundreds of processes. */
const NODE_COMPILE_CACHE = join(import.meta.dirname, "node_modules", ".cache", "compiled");

export default defineConfig({
  ssr,
  test: {
    maxWorkers: WORKERS,
    env: { NODE_COMPILE_CACHE },
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
          maxWorkers: WORKERS,
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
          maxWorkers: WORKERS,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
