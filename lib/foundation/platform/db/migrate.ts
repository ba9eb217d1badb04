import "server-only";
import pg from "pg";
import { AppError } from "#foundation/core/errors";
import { LOCK_SPACE, LOCKS } from "#foundation/platform/db/advisory-locks";
import { migrationsDirectory, readMigrations } from "#foundation/platform/db/migrations-directory";
import { selectIfTableExists } from "#foundation/platform/db/select-if-table-exists";
import { isDatabaseUnavailable } from "#foundation/platform/db/unavailable";
import { migrateJobs } from "#foundation/platform/jobs";

type AppliedMigration = { readonly name: string; readonly isFinished: boolean };

export type MigrateOptions = {
  readonly directory?: string;
  /** Called with the lock held, before the first migration of a database that has some already. */
  readonly beforeMigration?: (missing: readonly string[]) => Promise<void>;
};

/**
 * Migrates the database to the state that this version expects, and returns the applied migrations. Processes that
 * start together wait for each other. The record is Prisma's own table, so `prisma migrate status` reports the same.
 */
export async function migrateDatabase(
  connectionString: string,
  options: MigrateOptions = {},
): Promise<readonly string[]> {
  const client = new pg.Client({
    connectionString,
    application_name: "ucupdates migration",
    connectionTimeoutMillis: 5_000,
  });
  client.on("error", () => undefined);
  await client.connect();
  try {
    // PostgreSQL releases the lock with the connection, also when this process is killed.
    await client.query("select pg_advisory_lock($1, $2)", [LOCK_SPACE, LOCKS.migration]);
    const applied = await applyMissing(client, connectionString, options);
    await migrateJobs(client, connectionString);
    return applied;
  } finally {
    await client.end();
  }
}

async function applyMissing(
  client: pg.Client,
  connectionString: string,
  { directory = migrationsDirectory(), beforeMigration }: MigrateOptions,
): Promise<readonly string[]> {
  const migrationsList = await readMigrations(directory);
  const known = migrationsList.migrationDirectories.map(({ path }) => path);
  const applied = await findApplied(client);
  refuseWhatCannotBeMigrated(known, applied);
  const missing = known.filter((name) => !applied.some((migration) => migration.name === name));
  if (missing.length === 0) {
    return [];
  }
  if (applied.length > 0) {
    await beforeMigration?.(missing);
  }
  // Loaded only if there is something to migrate, which is once per release.
  const { withSchemaEngine } = await import("#foundation/platform/db/schema-engine");
  try {
    return await withSchemaEngine(connectionString, async (engine) => {
      const filters = { externalTables: [], externalEnums: [] };
      const result = await engine.applyMigrations({ migrationsList, filters });
      return result.appliedMigrationNames;
    });
  } catch (error) {
    if (isDatabaseUnavailable(error)) {
      throw error;
    }
    throw new AppError("unavailable", `The database could not be migrated: ${toReason(error)}`, {
      cause: error,
    });
  }
}

/** The engine's message without the trace of its own functions, which is in the cause. */
function toReason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const [reason = message] = message.split(/\n[ \t]+\d+: /);
  const migration = /migration_name="([^"]+)"/.exec(message)?.[1];
  return `${migration === undefined ? "" : `${migration}: `}${reason.replaceAll(/\s+/g, " ").trim()}`;
}

async function findApplied(client: pg.Client): Promise<readonly AppliedMigration[]> {
  const rows = await selectIfTableExists<{ name: string; is_finished: boolean }>(
    client,
    `select migration_name as name, finished_at is not null as is_finished
       from _prisma_migrations where rolled_back_at is null`,
  );
  return rows.map((row) => ({ name: row.name, isFinished: row.is_finished }));
}

function refuseWhatCannotBeMigrated(
  known: readonly string[],
  applied: readonly AppliedMigration[],
): void {
  const unknown = applied.find(({ name }) => !known.includes(name));
  if (unknown !== undefined) {
    throw new AppError(
      "unavailable",
      `The database was written by a newer version (it has the migration ${unknown.name}): start that version, or restore a backup from before it.`,
    );
  }
  const failed = applied.find(({ isFinished }) => !isFinished);
  if (failed !== undefined) {
    throw new AppError(
      "unavailable",
      `The migration ${failed.name} was started but not finished: restore the backup from before it and start again.`,
    );
  }
}
