import "server-only";
import pg from "pg";
import { databaseUrl } from "#foundation/platform/db/database-url";

const ANSWER_WITHIN_MS = 3_000;

/** Whether the database accepts a new connection and answers within three seconds. Never throws. */
export async function isDatabaseAnswering(): Promise<boolean> {
  const client = new pg.Client({
    connectionString: databaseUrl(),
    application_name: "ucupdates watch",
    connectionTimeoutMillis: ANSWER_WITHIN_MS,
    query_timeout: ANSWER_WITHIN_MS,
  });
  // An error after the answer would end the process without a listener.
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("select 1");
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
