import "server-only";
import type { FileDownload } from "#fleet/devices/model";
import { encodeDownload, insertDownloads } from "#fleet/devices/server/progress-store";
import { db } from "#foundation/platform/db/client";

/** Encodes a download for the buffer of `recordDownloads`. */
export function prepareDownload(download: FileDownload): string {
  return encodeDownload(download);
}

/**
 * Records downloads, given as the concatenated results of `prepareDownload`. There is no caller to authorise: phones
 * are admitted before a file is sent to them.
 */
export async function recordDownloads(downloads: string): Promise<void> {
  if (downloads !== "") {
    await insertDownloads(db, downloads);
  }
}
