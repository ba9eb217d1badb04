import "server-only";

import { z } from "zod";
import { versionSortKey } from "#foundation/core/version";
import { CONTENT_PROBLEMS } from "#firmware/files/model";
import type { ReleaseRef } from "#firmware/rules/model";
import { CATALOG_VERDICTS, FILE_ROLES } from "#firmware/rules/model";
import type { NewRelease, Release, UnreferencedRelease } from "#firmware/rules/release";
import type { Db } from "#foundation/platform/db/client";
import type { Prisma } from "#generated/client";

const RELATIONS = {
  package: true,
  files: {
    orderBy: [{ role: "asc" }, { fileNameKey: "asc" }],
    include: { blob: { select: { problem: true } } },
  },
} as const satisfies Prisma.ReleaseInclude;

const roleColumn = z.enum(FILE_ROLES);
const problemColumn = z.enum(CONTENT_PROBLEMS).nullable();
const verdictColumn = z.enum(CATALOG_VERDICTS);

type ReleaseRow = Prisma.ReleaseGetPayload<{ include: typeof RELATIONS }>;

export type NewPackage = {
  readonly sha256: string;
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly notes: string;
  readonly importedAt: Date;
  readonly importedBy: string;
};

/** The id of the package with that digest. Inserts the package if it does not exist. */
export async function requirePackage(tx: Db, given: NewPackage): Promise<string> {
  const row = await tx.package.upsert({
    where: { sha256: given.sha256 },
    create: {
      sha256: given.sha256,
      fileName: given.fileName,
      sizeBytes: given.sizeBytes,
      notes: given.notes,
      importedAt: given.importedAt,
      importedBy: given.importedBy,
    },
    update: {},
  });
  return row.id;
}

/** All releases of one image, newest version first. */
export async function findReleases(db: Db, imageKey: string): Promise<readonly Release[]> {
  const rows = await db.release.findMany({
    where: { hardwareKey: imageKey },
    include: RELATIONS,
    orderBy: [{ versionSortKey: "desc" }, { id: "asc" }],
  });
  return rows.map(toRelease);
}

export async function findRelease(
  db: Db,
  imageKey: string,
  version: string,
): Promise<Release | null> {
  const row = await db.release.findUnique({
    where: { hardwareKey_version: { hardwareKey: imageKey, version } },
    include: RELATIONS,
  });
  return row && toRelease(row);
}

/** Those of the releases that still exist. */
export async function findReleaseIds(db: Db, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db.release.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true },
  });
  return new Set(rows.map((row) => row.id));
}

/** Whether any rule, in any pool, holds the release as approved, pending or restore version. */
export async function isReleaseInUse(db: Db, releaseId: string): Promise<boolean> {
  const rule = await db.updateRule.findFirst({
    where: {
      OR: [
        { approvedReleaseId: releaseId },
        { pendingReleaseId: releaseId },
        { restoreReleaseId: releaseId },
      ],
    },
    select: { id: true },
  });
  return rule !== null;
}

export async function deleteRelease(tx: Db, releaseId: string): Promise<void> {
  await tx.release.delete({ where: { id: releaseId } });
}

/** Inserts a release with its files. Their content must already be in the file store. */
export async function insertRelease(
  tx: Db,
  {
    imageKey,
    packageId,
    release,
  }: {
    readonly imageKey: string;
    readonly packageId: string;
    readonly release: NewRelease;
  },
): Promise<ReleaseRef> {
  await tx.blob.createMany({
    data: release.files.map(({ sha256, sizeBytes }) => ({ sha256, sizeBytes })),
    skipDuplicates: true,
  });
  const row = await tx.release.create({
    data: {
      hardwareKey: imageKey,
      version: release.version,
      versionSortKey: versionSortKey(release.version),
      packageId,
      describedBy: release.describedBy,
      catalogVerdict: release.catalogVerdict,
      catalogSigner: release.catalogSigner,
      files: {
        create: release.files.map((file) => ({
          role: file.role,
          fileName: file.fileName,
          fileNameKey: file.fileName.toLowerCase(),
          sha256: file.sha256,
          sizeBytes: file.sizeBytes,
        })),
      },
    },
  });
  return { releaseId: row.id, version: row.version };
}

function toRelease(row: ReleaseRow): Release {
  return {
    id: row.id,
    version: row.version,
    files: row.files.map((file) => ({
      role: roleColumn.parse(file.role),
      fileName: file.fileName,
      sizeBytes: Number(file.sizeBytes),
      sha256: file.sha256,
      problem: problemColumn.parse(file.blob.problem),
    })),
    packageFileName: row.package.fileName,
    packageNotes: row.package.notes,
    importedAt: row.package.importedAt,
    importedBy: row.package.importedBy,
    describedBy: row.describedBy,
    catalogVerdict: verdictColumn.parse(row.catalogVerdict),
    catalogSigner: row.catalogSigner,
  };
}

const UNREFERENCED = {
  approvedIn: { none: {} },
  pendingIn: { none: {} },
  restoreIn: { none: {} },
} as const satisfies Prisma.ReleaseWhereInput;

export async function findUnreferencedReleases(db: Db): Promise<readonly UnreferencedRelease[]> {
  const rows = await db.release.findMany({
    where: UNREFERENCED,
    include: { files: { select: { sizeBytes: true } } },
    orderBy: [{ hardwareKey: "asc" }, { versionSortKey: "asc" }, { id: "asc" }],
  });
  return rows.map((row) => ({
    id: row.id,
    imageKey: row.hardwareKey,
    version: row.version,
    sizeBytes: row.files.reduce((sum, file) => sum + Number(file.sizeBytes), 0),
  }));
}

/** Deletes a release if it is still unreferenced; returns whether it did. */
export async function deleteUnreferencedRelease(tx: Db, releaseId: string): Promise<boolean> {
  const { count } = await tx.release.deleteMany({ where: { id: releaseId, ...UNREFERENCED } });
  return count === 1;
}
