import "server-only";
import { setTimeout as pause } from "node:timers/promises";
import { CheckWriter } from "#phones/check-log/server/check-writer";
import type { FileDownload } from "#fleet/devices/model";
import { prepareDownload, recordDownloads } from "#fleet/devices/server/record-downloads";
import { isDataFault } from "#foundation/platform/db/data-fault";
import { oncePerProcess } from "#foundation/platform/once-per-process";

export type RunningDownloadRecorder = {
  readonly flush: () => Promise<boolean>;
  readonly stop: () => Promise<void>;
};

type DownloadRecorderState = {
  writer: CheckWriter | null;
  /** When the last one happened that waits to be written. */
  newestAtMs: number;
  /** Beginnings that wait to be written: a phone that loads in a thousand small parts begins once. */
  readonly begun: Set<string>;
};

/** Two for each phone that loads something. */
const MOST_BEGUN = 20_000;
/** Some thousand downloads of 300 bytes, and twenty times as many while the database is away. */
const CHUNK_BYTES = 256 * 1024;
const MOST_CHUNKS = 20;
const EVERY_MS = 1_000;
const LONGEST_RETRY_MS = 10_000;
const STOP_WITHIN_MS = 5_000;
/** The check before a download may have been answered by another process, which writes its own within this time. */
const SETTLE_MS = 1_500;

/** Hands over that bytes of a file are on their way. Costs the download next to nothing and never fails. */
export function noteDownload(download: FileDownload): void {
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
    // Forgetting all of them costs no more than to write some once more.
    if (begun.size >= MOST_BEGUN) {
      begun.clear();
    }
    begun.add(key);
  }
  state.newestAtMs = download.at.getTime();
  writer.push(prepareDownload(download));
}

/**
 * Begins to write down downloads, beside the checks and in batches of their own. `writeChecks` is given the word first:
 * a download is put down to a phone by what its last check said.
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
    mostChunks: MOST_CHUNKS,
    everyMs: EVERY_MS,
    longestRetryMs: LONGEST_RETRY_MS,
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
