import "server-only";

import type { FileStore } from "#firmware/files/model";
import { fileStore } from "#firmware/files/server/file-store";
import {
  deleteBlobUnreferencedSince,
  listBlobsUnreferencedSince,
  markUnreferencedBlobs,
} from "#firmware/files/server/store";
import { db, inTransaction } from "#foundation/platform/db/client";
import { isForeignKeyViolation } from "#foundation/platform/db/faults";
import { DAY_MS } from "#foundation/core/time";

const BATCH = 100;

/**
 * Removes content that no release refers to, `graceDays` after this was first seen. Works in two phases, because an
 * import puts content into the store before it commits the references: the first phase only marks blobs, and an import
 * unmarks the blobs that it holds. Returns the number of removed files.
 */
export async function collectUnreferenced(
  now: Date,
  graceDays: number,
  store: FileStore = fileStore(),
): Promise<number> {
  await markUnreferencedBlobs(db, now);
  const before = new Date(now.getTime() - graceDays * DAY_MS);
  let removed = 0;
  for (;;) {
    const due = await listBlobsUnreferencedSince(db, before, BATCH);
    const results = [];
    for (const sha256 of due) {
      results.push(await removeBlob(store, { sha256, before }));
    }
    const count = results.filter(Boolean).length;
    removed += count;
    // Stops if no blob could be removed: they are in use again and would be listed forever.
    if (due.length < BATCH || count === 0) {
      return removed;
    }
  }
}

/**
 * Removes the content while the row is locked. A crash in between leaves a row without content, which the next import
 * stores again; the reverse order would leave content without a row, which is never collected.
 */
async function removeBlob(
  store: FileStore,
  { sha256, before }: { readonly sha256: string; readonly before: Date },
): Promise<boolean> {
  try {
    return await inTransaction(async (tx) => {
      const isDeleted = await deleteBlobUnreferencedSince(tx, sha256, before);
      if (isDeleted) {
        await store.remove(sha256);
      }
      return isDeleted;
    });
  } catch (error) {
    // A release has referenced the blob between the query and the deletion.
    if (isForeignKeyViolation(error)) {
      return false;
    }
    throw error;
  }
}
