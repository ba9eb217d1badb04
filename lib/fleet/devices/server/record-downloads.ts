import "server-only";
import type { FileDownload } from "#fleet/devices/model";
import { encodeDownload, insertDownloads } from "#fleet/devices/server/progress-store";
import { db } from "#foundation/platform/db/client";

/** Makes of a download what can wait to be kept. */
export function prepareDownload(download: FileDownload): string {
  return encodeDownload(download);
}

/**
 * Keeps which phones load what they were offered, given as what `prepareDownload` made of each, one after the other.
 * There is nobody to authorise: phones have been let in before anything is sent to them.
 */
export async function recordDownloads(downloads: string): Promise<void> {
  if (downloads !== "") {
    await insertDownloads(db, downloads);
  }
}
