import "server-only";
import { open } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { requirePermission } from "#lib/core/permissions";
import type { UseCaseContext } from "#lib/core/use-case-context";
import type { DeviceLogSummary } from "#lib/logs/model";
import type { LogIdInput } from "#lib/logs/schema";
import { logIdInput } from "#lib/logs/schema";
import { isMissing } from "#lib/logs/server/file-errors";
import { logPath } from "#lib/logs/server/log-files";
import { findLogById } from "#lib/logs/server/store";
import { db } from "#lib/platform/db/client";

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

/** A log to be kept elsewhere; null where it, or its file, is gone. */
export async function downloadLog(
  context: UseCaseContext,
  input: LogIdInput,
): Promise<LogDownload | null> {
  requirePermission(context.actor, "log:read");
  const log = await findLog(input);
  const file = log === null ? null : await openLog(log);
  return log === null || file === null ? null : { log, content: toStream(file) };
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
  try {
    return await open(logPath(log), "r");
  } catch (error) {
    if (isMissing(error)) {
      return null;
    }
    throw error;
  }
}
