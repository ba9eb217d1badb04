import "server-only";
import { setTimeout as pause } from "node:timers/promises";
import { CheckWriter } from "#phones/check-log/server/check-writer";
import type { FileDownload } from "#fleet/devices/model";
import { prepareDownload, recordDownloads } from "#fleet/devices/server/record-downloads";
import { isDataFault } from "#foundation/platform/db/faults";
import { oncePerProcess } from "#foundation/platform/once-per-process";

export type RunningDownloadRecorder = {
  readonly flush: () => Promise<boolean>;
  readonly stop: () => Promise<void>;
};

type DownloadRecorderState = {
  writer: CheckWriter | null;
  /** The time of the newest buffered download. */
  newestAtMs: number;
  /** Buffered download starts: a phone that downloads a file in a thousand ranges starts once. */
  readonly begun: Set<string>;
};

/** Two per downloading phone. */
const MAX_STARTED_DOWNLOADS = 20_000;
/** About a thousand downloads of 300 bytes, and twenty times as many while the database is unavailable. */
const CHUNK_BYTES = 256 * 1024;
const MAX_CHUNKS = 20;
const EVERY_MS = 1_000;
const MAX_RETRY_MS = 10_000;
const STOP_WITHIN_MS = 5_000;
/** Another process may have answered the check before a download; it writes that check within this time. */
const SETTLE_MS = 1_500;

/** Notes the start or the end of a download. Costs almost nothing and never fails. */
export function recordDownload(download: FileDownload): void {
  const state = downloadRecorderState();
  const { writer, begun } = state;
  if (writer === null) {
    return;
  }
  if (download.stage === "started") {
    const { address, side, accountName, macAddress, sha256, hardwareKey } = download;
    const key = [side, address, accountName, macAddress, sha256, hardwareKey].join("\n");
    if (begun.has(key)) {
      return;
    }
    // Clearing the set only means that some starts are written again.
    if (begun.size >= MAX_STARTED_DOWNLOADS) {
      begun.clear();
    }
    begun.add(key);
  }
  state.newestAtMs = download.at.getTime();
  writer.push(prepareDownload(download));
}

/**
 * Starts the recording of downloads, in batches separate from the checks. `writeChecks` runs before each batch, because
 * a download is assigned to a phone by its last check.
 */
export function startDownloadRecorder(
  writeChecks: () => Promise<boolean>,
): RunningDownloadRecorder {
  const state = downloadRecorderState();
  const writer = new CheckWriter({
    sink: "downloads",
    write: async ({ bytes }) => {
      await settle(state.newestAtMs);
      state.begun.clear();
      await writeChecks();
      await recordDownloads(bytes.toString());
    },
    isRecordsFault: isDataFault,
    chunkBytes: CHUNK_BYTES,
    mostChunks: MAX_CHUNKS,
    everyMs: EVERY_MS,
    longestRetryMs: MAX_RETRY_MS,
    stopWithinMs: STOP_WITHIN_MS,
  });
  state.writer = writer;
  return {
    flush: () => writer.flush(),
    stop: async () => {
      state.writer = null;
      state.begun.clear();
      await writer.stop();
    },
  };
}

async function settle(newestAtMs: number): Promise<void> {
  const ageMs = Date.now() - newestAtMs;
  if (ageMs < SETTLE_MS) {
    await pause(SETTLE_MS - Math.max(0, ageMs));
  }
}

function downloadRecorderState(): DownloadRecorderState {
  return oncePerProcess("download recorder", () => ({
    writer: null,
    newestAtMs: 0,
    begun: new Set(),
  }));
}
