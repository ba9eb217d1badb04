import "server-only";
import { toAuditDay } from "#phones/check-log/audit-file-name";
import { appendAuditLines, encodeAuditLine } from "#phones/check-log/server/audit-files";
import { CheckWriter } from "#phones/check-log/server/check-writer";
import { startDownloadRecorder } from "#phones/check-log/server/download-recorder";
import { writeRefusalCounts } from "#phones/check-log/server/refusal-limit";
import type { CheckRecord } from "#phones/check-log/check-row";
import { encodeCheck } from "#phones/check-log/check-row";
import type { CheckOutcome } from "#fleet/devices/model";
import { toStagedChecks } from "#phones/check-log/server/record-store";
import { endRecording, recordChecks } from "#phones/check-log/server/record-checks";
import { isDataFault } from "#foundation/platform/db/faults";
import { repeatTask } from "#foundation/platform/repeat-task";
import { oncePerProcess } from "#foundation/platform/once-per-process";

export type RunningRecorder = {
  /** Writes the buffered checks; false if the database cannot be reached and they stay buffered. */
  readonly flush: () => Promise<boolean>;
  /** Writes the buffered checks, for a few seconds at most. */
  readonly stop: () => Promise<void>;
};

export type RecorderState = {
  writer: CheckWriter | null;
  /** Writes the audit files of the original in separate batches, so that neither destination waits for the other. */
  fileWriter: CheckWriter | null;
  running: RunningRecorder | null;
  /** Checks answered or refused since the process started. */
  readonly outcomes: Record<CheckOutcome, number>;
};

const MIB = 1024 ** 2;
/**
 * About four thousand checks of some 150 bytes: heavy load causes only a few statements per second, and of repeated
 * checks of one phone only the last one is written to the inventory.
 */
const CHECK_CHUNK_BYTES = 0.625 * MIB;
const LINE_CHUNK_BYTES = 2 * MIB;
/** Space for 100,000 checks. A line in the file takes a quarter of a kilobyte. */
const MAX_CHECK_CHUNKS = 24;
const MAX_LINE_CHUNKS = 12;
/** Short enough that a batch takes PostgreSQL only milliseconds, long enough for about 25 statements per second. */
const EVERY_MS = 200;
const MAX_RETRY_MS = 10_000;
const STOP_WITHIN_MS = 5_000;
const COUNT_EVERY_MS = 60 * 1000;

/** Passes a check to the recorder. Costs almost nothing and never fails. */
export function recordCheck(record: CheckRecord): void {
  const { writer, fileWriter, outcomes } = recorderState();
  // A refused log upload is listed, but it is not a check.
  outcomes[record.kind.outcome] += record.trigger === "log_upload" ? 0 : 1;
  writer?.push(encodeCheck(record), { shared: record.kind.copyLine });
  fileWriter?.push(encodeAuditLine(record), { label: toAuditDay(record.at) });
}

/** Counts a check that is not recorded. */
export function countCheck(outcome: CheckOutcome): void {
  recorderState().outcomes[outcome] += 1;
}

/** The state of the recorder of this process, for health and metrics. */
export function recorderState(): RecorderState {
  return oncePerProcess("check recorder", () => ({
    writer: null,
    fileWriter: null,
    running: null,
    outcomes: noOutcomes(),
  }));
}

/** Starts the recording of checks. There is one recorder per process; further calls return it. */
export function startRecorder(): RunningRecorder {
  const state = recorderState();
  state.running ??= start(state);
  return state.running;
}

function start(state: RecorderState): RunningRecorder {
  const limits = {
    everyMs: EVERY_MS,
    longestRetryMs: MAX_RETRY_MS,
    stopWithinMs: STOP_WITHIN_MS,
  };
  const writer = new CheckWriter({
    ...limits,
    chunkBytes: CHECK_CHUNK_BYTES,
    mostChunks: MAX_CHECK_CHUNKS,
    sink: "database",
    write: ({ bytes, shared }) => recordChecks(toStagedChecks(bytes, shared)),
    isRecordsFault: isDataFault,
  });
  const fileWriter = new CheckWriter({
    ...limits,
    chunkBytes: LINE_CHUNK_BYTES,
    mostChunks: MAX_LINE_CHUNKS,
    sink: "audit file",
    write: ({ label, bytes }) => appendAuditLines(label, bytes),
    isRecordsFault: () => false,
  });
  state.writer = writer;
  state.fileWriter = fileWriter;
  const downloads = startDownloadRecorder(() => writer.flush());
  const counting = repeatTask(
    COUNT_EVERY_MS,
    "count refused checks that were not recorded",
    writeRefusalCounts,
  );
  return {
    flush: async () => {
      const [isWritten] = await Promise.all([writer.flush(), fileWriter.flush()]);
      await downloads.flush();
      return isWritten;
    },
    stop: async () => {
      state.writer = null;
      state.fileWriter = null;
      state.running = null;
      await Promise.all([writer.stop(), fileWriter.stop(), downloads.stop(), counting.stop()]);
      await endRecording();
    },
  };
}

function noOutcomes(): Record<CheckOutcome, number> {
  return {
    offered: 0,
    already_installed: 0,
    content_unusable: 0,
    suspended: 0,
    halted: 0,
    nothing_to_offer: 0,
    no_rule: 0,
    no_pool: 0,
    unauthenticated: 0,
    forbidden: 0,
    invalid: 0,
    throttled: 0,
    unavailable: 0,
  };
}
