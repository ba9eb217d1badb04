import "server-only";

import { earliestDue, isScrubDue } from "#firmware/files/is-scrub-due";
import type { FileStore } from "#firmware/files/model";
import { fileStore } from "#firmware/files/server/file-store";
import { listBlobsUnverifiedSince } from "#firmware/files/server/store";
import { db } from "#foundation/platform/db/client";

export type ScrubOptions = {
  /** The maximum number of days between two verifications of a file. */
  readonly days: number;
  readonly bytesPerSecond: number;
  readonly signal: AbortSignal;
  readonly store?: FileStore;
};

/**
 * Verifies content again that is due, one file at a time and at the limited rate. Stores the time of each verification,
 * so a process that stops loses only the file that it was reading. Returns the number of verified files.
 */
export async function scrubContent(now: Date, options: ScrubOptions): Promise<number> {
  const { days, bytesPerSecond, signal, store = fileStore() } = options;
  const listed = await listBlobsUnverifiedSince(db, earliestDue(now, days));
  const due = listed.filter((content) => isScrubDue(content, now, days));
  let read = 0;
  for (const { sha256 } of due) {
    if (signal.aborted) {
      return read;
    }
    await store.scrub(sha256, { bytesPerSecond, signal });
    read += 1;
  }
  return read;
}
