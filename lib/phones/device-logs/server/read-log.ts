import "server-only";
import type { FileHandle } from "node:fs/promises";
import { AppError } from "#foundation/core/errors";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import type { ContentProblem } from "#firmware/files/model";
import { openContentFile, problemOf } from "#firmware/files/server/content-file";
import type { DeviceLogSummary } from "#phones/device-logs/model";
import type { LogIdInput } from "#phones/device-logs/schema";
import { logIdInput } from "#phones/device-logs/schema";
import { logPath } from "#phones/device-logs/server/log-files";
import { findLogById } from "#phones/device-logs/server/store";
import { db } from "#foundation/platform/db/client";

/** The panel shows this much of a log. The download has all of it. */
export const SHOWN_BYTES = 128 * 1024;

const CHUNK_BYTES = 64 * 1024;

export type LogView = {
  readonly log: DeviceLogSummary;
  /** The first bytes; null if the file is not on this server. */
  readonly head: Uint8Array | null;
};

export type LogDownload = {
  readonly log: DeviceLogSummary;
  readonly content: ReadableStream<Uint8Array>;
};

/** Returns a log with its first bytes, for the panel. */
export async function viewLog(context: UseCaseContext, input: LogIdInput): Promise<LogView | null> {
  requirePermission(context.actor, "log:read");
  const log = await findLog(input);
  if (log === null) {
    return null;
  }
  const file = await openLog(log);
  if (file === null) {
    return { log, head: null };
  }
  try {
    const { buffer, bytesRead } = await file.read({ buffer: new Uint8Array(SHOWN_BYTES) });
    return { log, head: buffer.subarray(0, bytesRead) };
  } finally {
    await file.close();
  }
}

/**
 * Opens a log for download. Returns null if the log or its file does not exist. Throws if the size differs from what the
 * phone sent, so that a truncated log is not mistaken for a complete one.
 */
export async function downloadLog(
  context: UseCaseContext,
  input: LogIdInput,
): Promise<LogDownload | null> {
  requirePermission(context.actor, "log:read");
  const log = await findLog(input);
  const file = log === null ? null : await openLog(log);
  if (log === null || file === null) {
    return null;
  }
  try {
    const { size } = await file.stat();
    if (size !== log.sizeBytes) {
      throw unusable("damaged", `has ${size} bytes instead of ${log.sizeBytes}`);
    }
  } catch (error) {
    await file.close();
    throw error;
  }
  return { log, content: toStream(file) };
}

/** Reads only as fast as the consumer, and closes the file also on cancellation. */
function toStream(file: FileHandle): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const { buffer, bytesRead } = await file.read({ buffer: new Uint8Array(CHUNK_BYTES) });
      if (bytesRead > 0) {
        controller.enqueue(buffer.subarray(0, bytesRead));
      } else {
        await file.close();
        controller.close();
      }
    },
    cancel: () => file.close(),
  });
}

/** The id comes from a URL, so it can be any text. */
async function findLog(input: LogIdInput): Promise<DeviceLogSummary | null> {
  return logIdInput.safeParse(input).success ? findLogById(db, input.logId) : null;
}

async function openLog(log: DeviceLogSummary): Promise<FileHandle | null> {
  const file = await openContentFile(logPath(log)).catch((error: unknown) => {
    const problem = problemOf(error);
    if (problem === "missing") {
      return null;
    }
    throw problem === null ? error : unusable(problem, "cannot be read");
  });
  if (file !== null && !(await file.stat()).isFile()) {
    await file.close();
    throw unusable("unreadable", "is not a file");
  }
  return file;
}

function unusable(problem: ContentProblem, what: string): AppError {
  return new AppError("invalid_state", `The file of this log ${what} on the server (${problem}).`);
}
