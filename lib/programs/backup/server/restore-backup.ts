import "server-only";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import pg from "pg";
import { replaceAnchor } from "#foundation/audit/server/advance-anchor";
import { recordAudit } from "#foundation/audit/server/record-audit";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { prepareDataDirectory } from "#foundation/platform/data-directory";
import { LOCK_SPACE, LOCKS } from "#foundation/platform/db/advisory-locks";
import { inTransaction } from "#foundation/platform/db/client";
import { databaseUrl } from "#foundation/platform/db/database-url";
import { migrateDatabase } from "#foundation/platform/db/migrate";
import { env } from "#foundation/platform/env";
import { migrateJobs } from "#foundation/platform/jobs";
import type { BackupReport } from "#programs/backup/model";
import type { LoadedBackup } from "#programs/backup/server/load-archive";
import { loadArchive } from "#programs/backup/server/load-archive";
import { requireRestorable } from "#programs/backup/server/require-restorable";
import { toTotals } from "#programs/backup/server/create-backup";

export type RestoreOptions = {
  readonly source: Readable;
  /** The file, or standard input; for the audit trail. */
  readonly sourceName: string;
  /** Replaces a database that is not empty. */
  readonly isReplacing: boolean;
};

/**
 * Restores a backup into the opened database, which need not be migrated, and into the stores of files. The rows are
 * committed only after every digest of the backup has been verified; before that, only content under its own digest has
 * been added. Migrates the restored rows to this release.
 */
export async function restoreBackup(
  context: UseCaseContext,
  options: RestoreOptions,
): Promise<BackupReport> {
  requirePermission(context.actor, "settings:write");
  await prepareDataDirectory(env().DATA_DIRECTORY);
  const loaded = await loadBackup(databaseUrl(), options);
  for (const [name, content] of loaded.secrets) {
    await writeFile(join(env().DATA_DIRECTORY, name), content, { mode: 0o600 });
  }
  // The restored trail may end before the anchor of this data directory.
  await replaceAnchor();
  const report = { ...toTotals(loaded.manifest), ...loaded.counted };
  await inTransaction((tx) => recordAudit(tx, context, [toFact(options, report)]));
  return report;
}

function toFact({ sourceName, isReplacing }: RestoreOptions, report: BackupReport) {
  return {
    action: "backup.restored" as const,
    subject: { kind: "backup" as const, id: sourceName, name: sourceName },
    facts: {
      sizeBytes: report.sizeBytes,
      rows: report.rows,
      files: report.files,
      withSecrets: report.hasSecrets,
      missingFiles: report.problems.length,
      createdAt: report.createdAt.toISOString(),
      release: report.release,
      replaced: isReplacing,
    },
  };
}

/**
 * Loads the rows and files of a backup, and migrates the rows. A server that starts at the same time waits for the lock
 * of migrations.
 */
export async function loadBackup(
  connectionString: string,
  options: Pick<RestoreOptions, "source" | "isReplacing">,
): Promise<LoadedBackup> {
  const loaded = await loadLocked(connectionString, options);
  await migrateDatabase(connectionString);
  return loaded;
}

async function loadLocked(
  connectionString: string,
  options: Pick<RestoreOptions, "source" | "isReplacing">,
): Promise<LoadedBackup> {
  const client = new pg.Client({
    connectionString,
    application_name: "ucupdates restore",
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  });
  // The query in progress receives the error too.
  client.on("error", () => undefined);
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1, $2)", [LOCK_SPACE, LOCKS.migration]);
    await requireRestorable(client, options.isReplacing);
    await migrateJobs(client, connectionString);
    await client.query("begin");
    const loaded = await loadArchive(options.source, client);
    await client.query("commit");
    return loaded;
  } finally {
    // Ends the transaction too, if it was not committed.
    await client.end().catch(() => undefined);
  }
}
