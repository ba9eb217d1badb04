import "server-only";

import type { UnpackProgress } from "#formats/cab/unpack-job";
import type { ImportRun } from "#firmware/imports/server/run-store";
import { writeProgress } from "#firmware/imports/server/run-store";
import { db } from "#foundation/platform/db/client";
import { log } from "#foundation/platform/log";

const WRITE_EVERY_MS = 500;

export type ProgressWriter = {
  readonly report: (progress: UnpackProgress) => void;
  /** Waits for the pending write, so that it cannot overwrite a later one. */
  readonly finish: () => Promise<void>;
};

/** Writes the unpacking progress to the job: at most twice per second, one write at a time. */
export function progressWriter(run: ImportRun): ProgressWriter {
  let lastWriteMs = 0;
  let writing: Promise<void> | null = null;
  return {
    report: (progress) => {
      const nowMs = performance.now();
      if (writing !== null || nowMs - lastWriteMs < WRITE_EVERY_MS) {
        return;
      }
      lastWriteMs = nowMs;
      writing = write(run, progress).finally(() => {
        writing = null;
      });
    },
    finish: async () => {
      await writing;
    },
  };
}

/** Only logs an error: a database outage fails the next step anyway, and missing progress is no reason to abort. */
async function write(run: ImportRun, { bytesOut, totalBytes, entry }: UnpackProgress) {
  try {
    await writeProgress(db, run, {
      bytesDone: bytesOut,
      bytesTotal: totalBytes,
      currentEntry: entry,
    });
  } catch (error) {
    log().warn(
      { err: error, importId: run.import.id },
      "failed to write the progress of an import",
    );
  }
}
