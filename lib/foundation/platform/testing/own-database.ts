import process from "node:process";
import pg from "pg";
import { inject } from "vitest";

const POOL_ID = Number(process.env.VITEST_POOL_ID);
const database = inject("databases")[POOL_ID - 1];
if (database === undefined) {
  throw new Error(`There is no database for test process ${POOL_ID}.`);
}
process.env.DATABASE_URL = database.url;
process.env.DATA_DIRECTORY = database.dataDirectory;
process.env.LOG_LEVEL ??= "silent";

// Failed attempts count for minutes, in every process that uses the database: also those of the test file before.
const client = new pg.Client({ connectionString: database.url });
await client.connect();
await client.query('delete from "SharedLimit"');
await client.end();
