import "server-only";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "#foundation/core/errors";
import { env } from "#foundation/platform/env";
import { log } from "#foundation/platform/log";
import { makeDirectory } from "#foundation/platform/make-directory";
import { writeBackup } from "#programs/backup/server/create-backup";
import { writeNewFile } from "#programs/backup/server/write-new-file";

const MAX_KEPT = 3;
const NAME = /^before-migration-.+\.tar$/;

/**
 * Backs up all rows into `backups/` of the data directory before a newer release migrates them, and keeps the last three
 * of these backups. Content is not in them: migrations do not change it. Throws if the backup cannot be made, so that the
 * database stays as it is.
 */
export async function backUpBeforeMigration(): Promise<void> {
  const { BACKUP_BEFORE_MIGRATION, DATA_DIRECTORY } = env();
  if (!BACKUP_BEFORE_MIGRATION) {
    return;
  }
  const directory = join(DATA_DIRECTORY, "backups");
  const now = new Date();
  const path = join(directory, `before-migration-${now.toISOString().replaceAll(/[:.]/g, "")}.tar`);
  try {
    await makeDirectory(directory, 0o700);
    await writeNewFile({ path }, (target) =>
      writeBackup(now, { target, withSecrets: false, withFiles: false }),
    );
  } catch (error) {
    throw new AppError(
      "unavailable",
      `The database could not be backed up to ${directory} before its migration: correct the cause (${error instanceof Error ? error.message : String(error)}), or set BACKUP_BEFORE_MIGRATION=false.`,
      { cause: error },
    );
  }
  log().info({ path }, "backed up the database before its migration");
  await removeOld(directory);
}

async function removeOld(directory: string): Promise<void> {
  const names = (await readdir(directory)).filter((name) => NAME.test(name)).toSorted();
  for (const name of names.slice(0, -MAX_KEPT)) {
    await rm(join(directory, name), { force: true });
  }
}
