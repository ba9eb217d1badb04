import process from "node:process";
import { inject } from "vitest";

const POOL_ID = Number(process.env.VITEST_POOL_ID);
const database = inject("databases")[POOL_ID - 1];
if (database === undefined) {
  throw new Error(`There is no database for test process ${POOL_ID}.`);
}
process.env.DATABASE_URL = database.url;
process.env.DATA_DIRECTORY = database.dataDirectory;
process.env.LOG_LEVEL ??= "silent";
