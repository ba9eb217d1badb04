import "server-only";

import type { StoredFile } from "#firmware/files/model";
import { fileStore } from "#firmware/files/server/file-store";
import { findReferencedBlobs, holdBlobs } from "#firmware/files/server/store";
import { writeFindings } from "#firmware/files/server/write-findings";
import { db } from "#foundation/platform/db/client";

/**
 * Moves staged content into the store, ahead of the transaction that will refer to it. The rows come
 * first: content without a row would be known to nobody, a row without content is collected.
 * Returns the digests of content that a release refers to and that was damaged or missing until now.
 */
export async function holdContent(
  content: readonly (StoredFile & { readonly stagedPath: string })[],
): Promise<ReadonlySet<string>> {
  const referenced = await findReferencedBlobs(
    db,
    content.map(({ sha256 }) => sha256),
  );
  await holdBlobs(db, content);
  const store = fileStore();
  const repaired = new Set<string>();
  for (const { stagedPath, sha256, sizeBytes } of content) {
    const { outcome, finding } = await store.put(stagedPath, { sha256, sizeBytes });
    await writeFindings([[sha256, finding]]);
    if (outcome !== "kept" && referenced.has(sha256)) {
      repaired.add(sha256);
    }
  }
  return repaired;
}
