import "server-only";

import { z } from "zod";
import type { ContentFinding, ContentProblem, StoredFile } from "#firmware/files/model";
import { CONTENT_PROBLEMS } from "#firmware/files/model";
import type { Db } from "#foundation/platform/db/client";

/**
 * Holds blobs for an import: inserts missing rows and unmarks rows that wait for collection. Waits while the collector
 * removes one of them, and inserts its row again afterwards.
 */
export async function holdBlobs(db: Db, files: readonly StoredFile[]): Promise<void> {
  for (const { sha256, sizeBytes } of files) {
    await db.blob.upsert({
      where: { sha256 },
      create: { sha256, sizeBytes: BigInt(sizeBytes) },
      update: { unreferencedAt: null },
    });
  }
}

/** Marks blobs that have become unreferenced with the current time, and unmarks blobs that are referenced again. */
export async function markUnreferencedBlobs(db: Db, now: Date): Promise<void> {
  await db.blob.updateMany({
    where: { unreferencedAt: null, files: { none: {} } },
    data: { unreferencedAt: now },
  });
  await db.blob.updateMany({
    where: { unreferencedAt: { not: null }, files: { some: {} } },
    data: { unreferencedAt: null },
  });
}

export async function listBlobsUnreferencedSince(
  db: Db,
  before: Date,
  take: number,
): Promise<readonly string[]> {
  const rows = await db.blob.findMany({
    where: { unreferencedAt: { lte: before }, files: { none: {} } },
    orderBy: [{ unreferencedAt: "asc" }, { sha256: "asc" }],
    select: { sha256: true },
    take,
  });
  return rows.map(({ sha256 }) => sha256);
}

/**
 * Deletes the row of a blob that is still marked as unreferenced; returns whether it did. The row stays locked until the
 * transaction ends, so no import can hold the blob before its content is removed too.
 */
export async function deleteBlobUnreferencedSince(
  tx: Db,
  sha256: string,
  before: Date,
): Promise<boolean> {
  const { count } = await tx.blob.deleteMany({
    where: { sha256, unreferencedAt: { lte: before }, files: { none: {} } },
  });
  return count === 1;
}

const problemColumn = z.enum(CONTENT_PROBLEMS).nullable();

/** Those of the digests that a release refers to. */
export async function findReferencedBlobs(
  db: Db,
  digests: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await db.blob.findMany({
    where: { sha256: { in: [...digests] }, files: { some: {} } },
    select: { sha256: true },
  });
  return new Set(rows.map(({ sha256 }) => sha256));
}

/** Whether any content has ever been stored. */
export async function hasBlobs(db: Db): Promise<boolean> {
  return (await db.blob.findFirst({ select: { sha256: true } })) !== null;
}

/** A file of a release, as people know it. */
export type NamedFile = {
  readonly sha256: string;
  readonly fileName: string;
  readonly version: string;
  readonly image: string;
};

/** The files of releases with one of the digests. A digest without a release is left out. */
export async function describeFiles(
  db: Db,
  digests: readonly string[],
): Promise<readonly NamedFile[]> {
  const rows = await db.releaseFile.findMany({
    where: { sha256: { in: [...digests] } },
    select: {
      sha256: true,
      fileName: true,
      release: { select: { version: true, hardwareKey: true } },
    },
    orderBy: { id: "asc" },
  });
  return rows.map(({ sha256, fileName, release }) => ({
    sha256,
    fileName,
    version: release.version,
    image: release.hardwareKey,
  }));
}

/** Records a finding; returns whether the problem has changed. Does nothing without a row. */
export async function storeFinding(
  tx: Db,
  sha256: string,
  { problem, file, at }: ContentFinding,
): Promise<boolean> {
  if (problem === null) {
    await tx.blob.updateMany({
      where: { sha256 },
      data: { verifiedAt: at, verifiedFile: file?.identity ?? null },
    });
  }
  const { count } = await tx.blob.updateMany({
    where:
      problem === null
        ? { sha256, problem: { not: null } }
        : { sha256, OR: [{ problem: null }, { problem: { not: problem } }] },
    data: { problem, problemSince: problem === null ? null : at },
  });
  return count === 1;
}

/** The recorded state of content that a release refers to. */
export type WatchedBlob = {
  readonly sha256: string;
  readonly verifiedFile: string | null;
  readonly problem: ContentProblem | null;
};

/** Referenced content with a problem. */
export async function listFaultyBlobs(db: Db): Promise<readonly WatchedBlob[]> {
  const rows = await db.blob.findMany({
    where: { problem: { not: null }, files: { some: {} } },
    select: WATCHED_COLUMNS,
  });
  return rows.map(toWatched);
}

/** The next referenced content after a digest, in order of digests. */
export async function listBlobsAfter(
  db: Db,
  sha256: string,
  take: number,
): Promise<readonly WatchedBlob[]> {
  const rows = await db.blob.findMany({
    where: { sha256: { gt: sha256 }, files: { some: {} } },
    orderBy: { sha256: "asc" },
    select: WATCHED_COLUMNS,
    take,
  });
  return rows.map(toWatched);
}

/** Referenced content without a known problem that was not verified since an instant, oldest verification first. */
export async function listBlobsUnverifiedSince(
  db: Db,
  before: Date,
): Promise<readonly { readonly sha256: string; readonly verifiedAt: Date | null }[]> {
  return db.blob.findMany({
    where: {
      problem: null,
      files: { some: {} },
      OR: [{ verifiedAt: null }, { verifiedAt: { lt: before } }],
    },
    orderBy: [{ verifiedAt: { sort: "asc", nulls: "first" } }, { sha256: "asc" }],
    select: { sha256: true, verifiedAt: true },
  });
}

const WATCHED_COLUMNS = { sha256: true, verifiedFile: true, problem: true } as const;

function toWatched(row: {
  readonly sha256: string;
  readonly verifiedFile: string | null;
  readonly problem: string | null;
}): WatchedBlob {
  const { sha256, verifiedFile, problem } = row;
  return { sha256, verifiedFile, problem: problemColumn.parse(problem) };
}
