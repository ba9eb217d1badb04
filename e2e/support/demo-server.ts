import type { PlaywrightTestConfig } from "playwright/test";
import { BASE_URL, SERVER_ENVIRONMENT } from "./server.ts";

/**
 * A server with the demonstration of so many phones, for Playwright. The phones do not check, so that numbers stay. Those
 * of tests name their own address, as behind a proxy.
 */
export function demoServer(phones: number): NonNullable<PlaywrightTestConfig["webServer"]> {
  return {
    command: `npm run demo -- --phones ${phones} --fill-only && npm start`,
    cwd: "../..",
    url: `${BASE_URL}/api/health`,
    timeout: 1_200_000,
    gracefulShutdown: { signal: "SIGTERM", timeout: 20_000 },
    stdout: "ignore",
    stderr: "pipe",
    env: { ...SERVER_ENVIRONMENT, TRUSTED_PROXIES: "127.0.0.1" },
  };
}
