import "server-only";

import type { FileStore } from "#firmware/files/model";
import { fileStore } from "#firmware/files/server/file-store";
import { queueFinding } from "#firmware/files/server/content-findings";
import type { WatchedBlob } from "#firmware/files/server/store";
import { listBlobsAfter, listFaultyBlobs } from "#firmware/files/server/store";
import { db } from "#foundation/platform/db/client";
import { oncePerProcess } from "#foundation/platform/once-per-process";

/** Files per run. Each costs one `lstat`; a store of 1000 files is checked every ten seconds. */
const MAX_LOOKS = 500;
/** Each is a request over the network. */
const MAX_REMOTE_LOOKS = 100;

/** Verifies content with a problem again as soon as its file changes. */
export async function watchFaultyContent(store: FileStore = fileStore()): Promise<void> {
  for (const blob of await listFaultyBlobs(db)) {
    await compare(store, blob);
  }
}

/**
 * Checks the next files of the store and verifies each whose identity differs from the last verified one, so that a
 * removed, truncated or modified file is detected before a phone requests it.
 */
export async function watchContent(store: FileStore = fileStore()): Promise<void> {
  const state = watchState();
  const most = store.isRemote ? MAX_REMOTE_LOOKS : MAX_LOOKS;
  const blobs = await listBlobsAfter(db, state.lastSha256, most);
  for (const blob of blobs) {
    await compare(store, blob);
  }
  state.lastSha256 = blobs.length < most ? "" : (blobs.at(-1)?.sha256 ?? "");
}

async function compare(store: FileStore, blob: WatchedBlob): Promise<void> {
  const seen = await store.look(blob.sha256);
  if (seen.kind === "problem") {
    if (seen.problem !== blob.problem) {
      await store.verify(blob.sha256);
    }
    return;
  }
  const isVerified = blob.problem === null && blob.verifiedFile === seen.identity;
  // The scrub verifies content that was never verified, as after an upgrade, because it reads slowly.
  const isLeftToScrub = blob.problem === null && blob.verifiedFile === null;
  if (isVerified || isLeftToScrub) {
    return;
  }
  const finding = await store.verify(blob.sha256);
  if (finding.problem !== blob.problem || finding.problem === null) {
    // Also for a cached finding, because the database may hold the result of another process or none.
    queueFinding(blob.sha256, finding);
  }
}

function watchState(): { lastSha256: string } {
  return oncePerProcess("content watch", () => ({ lastSha256: "" }));
}
