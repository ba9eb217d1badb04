import "server-only";

import type { FileStore } from "#firmware/files/model";
import { fileStore } from "#firmware/files/server/file-store";
import {
  deleteBlobUnreferencedSince,
  listBlobsUnreferencedSince,
  markUnreferencedBlobs,
} from "#firmware/files/server/store";
import { db, inTransaction } from "#foundation/platform/db/client";
import { isForeignKeyViolation } from "#foundation/platform/db/violations";
import { DAY_MS } from "#foundation/core/day";

const BATCH = 100;

/**
 * Frees the disk of content that no release refers to, `graceDays` after that was first seen. In two
 * phases, because an import puts content into the store before it commits who refers to it: marking
 * costs nothing, and an import that takes a marked blob in hand unmarks it. Returns how many were removed.
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
    // What could not be removed is in use again and would be listed for ever.
    if (due.length < BATCH || count === 0) {
      return removed;
    }
  }
}

/**
 * The content goes while the row is locked. Dying in between leaves a row without content, which the
 * next import fills again; the other order would leave content nobody knows of.
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
    // A release began to refer to it between the question and the deletion.
    if (isForeignKeyViolation(error)) {
      return false;
    }
    throw error;
  }
}
