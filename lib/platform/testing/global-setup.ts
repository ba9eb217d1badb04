import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { openEmbedded } from "#lib/platform/db/embedded";
import { migrateDatabase } from "#lib/platform/db/migrate";

/**
 * One real PostgreSQL for the integration tests of a run: its own data directory, its own port, migrated. The test
 * processes are started afterwards and inherit the variables.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const dataDirectory = await mkdtemp(join(tmpdir(), "ucupdates-test-"));
  const database = await openEmbedded({ dataDirectory, isThrowaway: true });
  const close = async (): Promise<void> => {
    await database.close();
    await rm(dataDirectory, { recursive: true, force: true });
  };
  try {
    await migrateDatabase(database.url);
  } catch (error) {
    await close();
    throw error;
  }
  process.env.DATABASE_URL = database.url;
  process.env.DATA_DIRECTORY = dataDirectory;
  process.env.LOG_LEVEL ??= "silent";
  return close;
}
