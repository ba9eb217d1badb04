import "server-only";

import { listWaitingFindings } from "#firmware/files/server/content-findings";
import { fileStore } from "#firmware/files/server/file-store";
import { scrubContent } from "#firmware/files/server/scrub-content";
import { watchContent, watchFaultyContent } from "#firmware/files/server/watch-content";
import { writeFindings } from "#firmware/files/server/write-findings";
import { env } from "#foundation/platform/env";
import { repeatTask } from "#foundation/platform/repeat-task";
import { whenAvailable } from "#foundation/platform/db/when-available";

export type RunningContentKeeper = { readonly stop: () => Promise<void> };

const WRITE_EVERY_MS = 250;
const LOCAL_WATCH = { faultyEveryMs: 500, everyMs: 5_000 };
const REMOTE_WATCH = { faultyEveryMs: 15_000, everyMs: 60_000 };
const SCRUB_EVERY_MS = 60_000;

/** Writes the findings of this process about content. Every process that serves content runs it. */
export function startFindingsWriter(): RunningContentKeeper {
  const writing = repeatTask(WRITE_EVERY_MS, "record findings about content", () =>
    whenAvailable(flushFindings),
  );
  return {
    stop: async () => {
      await writing.stop();
      await whenAvailable(flushFindings);
    },
  };
}

/**
 * Keeps the recorded state of stored content up to date: writes findings, detects changed files without a request for
 * them, and verifies the whole store again over several days. One process of a data directory runs it.
 */
export function startContentKeeper(): RunningContentKeeper {
  const { CONTENT_SCRUB_DAYS: days, CONTENT_SCRUB_BYTES_PER_SECOND: bytesPerSecond } = env();
  const { faultyEveryMs, everyMs } = fileStore().isRemote ? REMOTE_WATCH : LOCAL_WATCH;
  const writer = startFindingsWriter();
  const repetitions = [
    repeatTask(faultyEveryMs, "look at content with problems", () =>
      whenAvailable(watchFaultyContent),
    ),
    repeatTask(everyMs, "look at stored content", () => whenAvailable(watchContent)),
    ...(days === 0
      ? []
      : [
          repeatTask(SCRUB_EVERY_MS, "verify stored content", (signal) =>
            whenAvailable(async () => {
              await scrubContent(new Date(), { days, bytesPerSecond, signal });
            }, signal),
          ),
        ]),
  ];
  return {
    stop: async () => {
      await Promise.all(repetitions.map(({ stop }) => stop()));
      await writer.stop();
    },
  };
}

/** Writes the queued findings of this process to the database. */
export async function flushFindings(): Promise<void> {
  const findings = listWaitingFindings();
  if (findings.length > 0) {
    await writeFindings(findings);
  }
}
