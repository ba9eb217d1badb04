import "server-only";
import type { FileDownload } from "#lib/devices/model";
import { insertDownloads } from "#lib/devices/server/progress-store";
import { db } from "#lib/platform/db/client";

/**
 * Keeps which phones load what they were offered. There is nobody to authorise: phones have been let in before anything
 * is sent to them.
 */
export async function recordDownloads(downloads: readonly FileDownload[]): Promise<void> {
  if (downloads.length > 0) {
    await insertDownloads(db, downloads);
  }
}
