import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";

/** Playwright loads its configuration in several processes, which must agree on one server and one directory. */
const RUN_ID = Number((process.env.UCUPDATES_E2E_RUN ??= String(process.pid)));

/** Below the ephemeral ports of the system, and different for each run. */
export const PORT = 20_000 + (RUN_ID % 5_000) * 2;
export const EXTERNAL_PORT = PORT + 1;
export const BASE_URL = `http://localhost:${PORT}`;
export const EXTERNAL_URL = `http://localhost:${EXTERNAL_PORT}`;
export const DATA_DIRECTORY = join(tmpdir(), `ucupdates-e2e-${RUN_ID}`);

/** Created for one run; deleted with its data directory. */
export const PASSWORDS = {
  admin: "e2e administrator",
  operator: "e2e operator pass",
  viewer: "e2e viewer passwd",
} as const;
export type Person = keyof typeof PASSWORDS;

/** The settings of every server that browser tests start. */
export const SERVER_ENVIRONMENT = {
  PORT: String(PORT),
  EXTERNAL_PORT: String(EXTERNAL_PORT),
  DATA_DIRECTORY,
  ADMIN_PASSWORD: PASSWORDS.admin,
  LOG_LEVEL: "warn",
};
