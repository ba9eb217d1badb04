import "server-only";

import type { StoredFile } from "#lib/files/model";
import { fileStore } from "#lib/files/server/file-store";
import { holdBlobs } from "#lib/files/server/store";
import { db } from "#lib/platform/db/client";

/**
 * Moves staged content into the store, ahead of the transaction that will refer to it. The rows come
 * first: content without a row would be known to nobody, a row without content is collected.
 */
export async function holdContent(
  content: readonly (StoredFile & { readonly stagedPath: string })[],
): Promise<void> {
  await holdBlobs(db, content);
  const store = fileStore();
  for (const { stagedPath, sha256, sizeBytes } of content) {
    await store.put(stagedPath, { sha256, sizeBytes });
  }
}
