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

/** How much of a log the panel shows; the rest is for the download. */
export const SHOWN_BYTES = 128 * 1024;

const CHUNK_BYTES = 64 * 1024;

export type LogView = {
  readonly log: DeviceLogSummary;
  /** The first bytes; null where the file is not on this server. */
  readonly head: Uint8Array | null;
};

export type LogDownload = {
  readonly log: DeviceLogSummary;
  readonly content: ReadableStream<Uint8Array>;
};

/** A log as the panel shows it. */
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
 * A log to be kept elsewhere; null where it, or its file, is gone. One that is not as long as what the phone sent is
 * refused: a part of a log must not pass for all of it.
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

/** Read as fast as it is taken, and closed also when nobody takes the rest. */
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

/** The id comes from an address, where anything may stand. */
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
