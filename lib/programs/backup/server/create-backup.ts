import "server-only";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Writable } from "node:stream";
import { nullIfMissing } from "#foundation/core/error-code";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { recordAudit } from "#foundation/audit/server/record-audit";
import { inTransaction } from "#foundation/platform/db/client";
import type { RowSnapshot } from "#foundation/platform/db/dump/snapshot";
import { withSnapshot } from "#foundation/platform/db/dump/snapshot";
import { env } from "#foundation/platform/env";
import type { BackupProblem, BackupReport, FileFolder, Manifest } from "#programs/backup/model";
import {
  BACKUP_FORMAT,
  FORMAT_VERSION,
  MANIFEST_NAME,
  PROBLEMS_NAME,
  SECRET_NAMES,
} from "#programs/backup/model";
import { ArchiveWriter } from "#programs/backup/server/archive-writer";
import { FILE_NAMES_SQL } from "#programs/backup/server/file-lists-sql";
import { KEPT_FILES } from "#programs/backup/server/kept-files";
import { RELEASE } from "#programs/backup/server/release";

export type BackupOptions = {
  readonly target: Writable;
  /** The file, or standard output; for the audit trail. */
  readonly targetName: string;
  readonly withSecrets: boolean;
};

/**
 * Writes all rows of one instant, the files that they refer to and, on request, the secrets of the data directory, while
 * the service runs. Files that cannot be read are reported and left out. The archive goes to `target` as it is made;
 * after a failure it is cut off, so that it cannot be restored.
 */
export async function createBackup(
  context: UseCaseContext,
  options: BackupOptions,
): Promise<BackupReport> {
  requirePermission(context.actor, "settings:write");
  const report = await writeBackup(context.now, options);
  await inTransaction((tx) =>
    recordAudit(tx, context, [
      {
        action: "backup.created",
        subject: { kind: "backup", id: options.targetName, name: options.targetName },
        facts: {
          sizeBytes: report.sizeBytes,
          rows: report.rows,
          files: report.files,
          withSecrets: report.hasSecrets,
          missingFiles: report.problems.length,
        },
      },
    ]),
  );
  return report;
}

export type ArchiveOptions = Pick<BackupOptions, "target" | "withSecrets"> & {
  /** False: rows only. Default: true. */
  readonly withFiles?: boolean;
};

/** Writes the archive without an audit entry, also from a database that has not been migrated yet. */
export async function writeBackup(
  now: Date,
  { target, withSecrets, withFiles = true }: ArchiveOptions,
): Promise<BackupReport> {
  const archive = new ArchiveWriter(target, now);
  try {
    const { manifest, contentNames, counted } = await withSnapshot((snapshot) =>
      addSnapshot(archive, snapshot, { createdAt: now, hasSecrets: withSecrets, withFiles }),
    );
    for (const name of contentNames) {
      await addFile(archive, { folder: "files", name }, counted);
    }
    if (withSecrets) {
      await addSecrets(archive);
    }
    await archive.add(PROBLEMS_NAME, `${JSON.stringify(counted.problems)}\n`);
    const sizeBytes = await archive.finish();
    return { ...toTotals(manifest), ...counted, sizeBytes };
  } catch (error) {
    await archive.abort(error instanceof Error ? error : new Error(String(error)));
    throw error;
  }
}

export function toTotals({
  tables,
  release,
  createdAt,
  hasSecrets,
}: Manifest): Omit<BackupReport, "files" | "problems" | "sizeBytes"> {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  return { tables: tables.length, rows, release, createdAt, hasSecrets };
}

type Counted = { files: number; readonly problems: BackupProblem[] };

type SnapshotOptions = Pick<Manifest, "createdAt" | "hasSecrets"> & { readonly withFiles: boolean };

type AddedRows = {
  readonly manifest: Manifest;
  /** Added after the snapshot: content never changes, and a long snapshot keeps PostgreSQL from cleaning up. */
  readonly contentNames: readonly string[];
  readonly counted: Counted;
};

async function addSnapshot(
  archive: ArchiveWriter,
  snapshot: RowSnapshot,
  { withFiles, ...facts }: SnapshotOptions,
): Promise<AddedRows> {
  const manifest = await toManifest(snapshot, facts);
  await archive.add(MANIFEST_NAME, `${JSON.stringify(manifest, null, 2)}\n`);
  for (const [index, table] of snapshot.tables.entries()) {
    const number = String(index + 1).padStart(3, "0");
    await archive.addParts(`rows/${number}-${table.name}`, snapshot.copyRows(table));
  }
  await archive.addParts("jobs", snapshot.copyJobs());
  const counted: Counted = { files: 0, problems: [] };
  const contentNames: string[] = [];
  if (withFiles) {
    for (const folder of ["logs", "uploads"] as const) {
      for await (const { name } of snapshot.select<{ name: string }>(FILE_NAMES_SQL[folder])) {
        await addFile(archive, { folder, name }, counted);
      }
    }
    for await (const { name } of snapshot.select<{ name: string }>(FILE_NAMES_SQL.files)) {
      contentNames.push(name);
    }
  }
  return { manifest, contentNames, counted };
}

async function toManifest(
  snapshot: RowSnapshot,
  facts: Pick<Manifest, "createdAt" | "hasSecrets">,
): Promise<Manifest> {
  const tables: Manifest["tables"] = [];
  for (const { name, columns } of snapshot.tables) {
    tables.push({ name, columns: [...columns], rows: await snapshot.countRows({ name, columns }) });
  }
  const migrations: string[] = [];
  for await (const { name } of snapshot.select<{ name: string }>(
    `select migration_name as name from _prisma_migrations
      where finished_at is not null and rolled_back_at is null order by 1`,
  )) {
    migrations.push(name);
  }
  return {
    format: BACKUP_FORMAT,
    formatVersion: FORMAT_VERSION,
    release: RELEASE,
    ...facts,
    migrations,
    tables,
    partitions: [...snapshot.partitions],
    sequences: [...snapshot.sequences],
  };
}

async function addFile(
  archive: ArchiveWriter,
  { folder, name }: { readonly folder: FileFolder; readonly name: string },
  counted: Counted,
): Promise<void> {
  const member = `${folder}/${name}`;
  const file = await KEPT_FILES[folder].open(name);
  if (file.kind === "problem") {
    counted.problems.push({ member, problem: file.problem });
    return;
  }
  await archive.addStream({ name: member, sizeBytes: file.sizeBytes }, file.pieces);
  counted.files += 1;
}

async function addSecrets(archive: ArchiveWriter): Promise<void> {
  for (const name of SECRET_NAMES) {
    const content = await readFile(join(env().DATA_DIRECTORY, name)).catch(nullIfMissing);
    if (content !== null) {
      await archive.add(`secrets/${name}`, content);
    }
  }
}
