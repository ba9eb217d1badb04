import "server-only";
import { db } from "#foundation/platform/db/client";
import { directDatabaseUrl } from "#foundation/platform/db/database-url";
import type { MigrateOptions } from "#foundation/platform/db/migrate";
import { migrateDatabase } from "#foundation/platform/db/migrate";
import { migrationsDirectory, readMigrations } from "#foundation/platform/db/migrations-directory";
import { reachDatabase } from "#foundation/platform/db/reach";

export type OpenDatabase = {
  readonly isEmbedded: boolean;
  /** Whether it was empty, and has got its tables now. */
  readonly isNew: boolean;
  /** Closes the connections, and stops the embedded PostgreSQL if no other process uses it. */
  readonly close: () => Promise<void>;
};

export type OpenDatabaseOptions = {
  /** False: leaves the schema unchanged, for a restore, which brings its own. */
  readonly isMigrated?: boolean;
  /** Called before an embedded database that has data is migrated. A database of its own has its own backups. */
  readonly beforeMigration?: MigrateOptions["beforeMigration"];
};

/**
 * Opens and migrates the database of this process: `DATABASE_URL`, else the embedded PostgreSQL. Commands start with it.
 * Every failure becomes an `unavailable` error whose message says what to do.
 */
export async function openDatabase(options: OpenDatabaseOptions = {}): Promise<OpenDatabase> {
  const database = await reachDatabase();
  const close = async (): Promise<void> => {
    await db.$disconnect();
    await database.close();
  };
  try {
    return {
      isEmbedded: database.isEmbedded,
      isNew: await hasFirst(await migrate(options, database.isEmbedded)),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function hasFirst(applied: readonly string[]): Promise<boolean> {
  if (applied.length === 0) {
    return false;
  }
  const { migrationDirectories } = await readMigrations(migrationsDirectory());
  return applied.some((name) => name === migrationDirectories[0]?.path);
}

async function migrate(
  { isMigrated = true, beforeMigration }: OpenDatabaseOptions,
  isEmbedded: boolean,
): Promise<readonly string[]> {
  if (!isMigrated) {
    return [];
  }
  return migrateDatabase(
    directDatabaseUrl(),
    isEmbedded && beforeMigration !== undefined ? { beforeMigration } : {},
  );
}
