import "server-only";

import type { StoredFile } from "#lib/files/model";
import type { Db } from "#lib/platform/db/client";

/**
 * Takes blobs in hand: their rows exist and no longer wait to be collected. Waits while the collector is
 * removing one of them, and brings it back after that.
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

/** Notes since when blobs are unreferenced, and forgets it for those that are referenced again. */
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
 * Deletes the row of a blob that is still unreferenced since then; says whether it did. The row stays
 * locked until the transaction ends, so nobody can take the blob in hand before its content is gone too.
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
