import "server-only";

import { earliestDue, isScrubDue } from "#firmware/files/is-scrub-due";
import type { FileStore } from "#firmware/files/model";
import { fileStore } from "#firmware/files/server/file-store";
import { listBlobsUnverifiedSince } from "#firmware/files/server/store";
import { db } from "#foundation/platform/db/client";

export type ScrubOptions = {
  /** Each file is read again at least this often. */
  readonly days: number;
  readonly bytesPerSecond: number;
  readonly signal: AbortSignal;
  readonly store?: FileStore;
};

/**
 * Reads again what was not read as a whole for long, one file at a time and no faster than allowed. When a file was read
 * is stored with it, so a process that is stopped loses no more than the file it was reading. Returns how many it read.
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
