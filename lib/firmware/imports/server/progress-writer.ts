import "server-only";

import type { UnpackProgress } from "#formats/cab/unpack-job";
import type { ImportRun } from "#firmware/imports/server/run-store";
import { writeProgress } from "#firmware/imports/server/run-store";
import { db } from "#foundation/platform/db/client";
import { log } from "#foundation/platform/log";

const WRITE_EVERY_MS = 500;

export type ProgressWriter = {
  readonly report: (progress: UnpackProgress) => void;
  /** Waits for the write in flight, so that none comes after what follows. */
  readonly finish: () => Promise<void>;
};

/** Shows in the job how far unpacking is, at most twice a second and never two writes at once. */
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

/** An outage shows where it matters, at the next step; a bar that stands still is no reason to stop. */
async function write(run: ImportRun, { bytesOut, totalBytes, entry }: UnpackProgress) {
  try {
    await writeProgress(db, run, {
      bytesDone: bytesOut,
      bytesTotal: totalBytes,
      currentEntry: entry,
    });
  } catch (error) {
    log().warn({ err: error, importId: run.import.id }, "could not write an import's progress");
  }
}
