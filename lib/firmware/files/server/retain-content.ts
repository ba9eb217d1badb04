import "server-only";

import type { StoredFile } from "#firmware/files/model";
import { fileStore } from "#firmware/files/server/file-store";
import { findReferencedBlobs, holdBlobs } from "#firmware/files/server/store";
import { writeFindings } from "#firmware/files/server/write-findings";
import { db } from "#foundation/platform/db/client";

/**
 * Moves staged content into the store before the transaction that references it. Inserts the rows first: the collector
 * removes a row without content, but never finds content without a row.
 * Returns the digests of referenced content that was damaged or missing until now.
 */
export async function retainContent(
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
