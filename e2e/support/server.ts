import { join } from "node:path";
import process from "node:process";
import { tmpdir } from "node:os";

export const PORT = 3977;
export const EXTERNAL_PORT = 3978;
export const BASE_URL = `http://localhost:${PORT}`;
export const EXTERNAL_URL = `http://localhost:${EXTERNAL_PORT}`;

/** Playwright loads its configuration in several processes; they must agree on one directory. */
const RUN_ID = (process.env.UCUPDATES_E2E_RUN ??= String(process.pid));
export const DATA_DIRECTORY = join(tmpdir(), `ucupdates-e2e-${RUN_ID}`);

/** Made for one run and gone with its data directory. */
export const PASSWORDS = {
  admin: "e2e administrator",
  operator: "e2e operator pass",
  viewer: "e2e viewer passwd",
} as const;
export type Person = keyof typeof PASSWORDS;
