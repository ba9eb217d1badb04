import "server-only";
import type { FileHandle } from "node:fs/promises";
import { AppError } from "#foundation/core/errors";
import { requirePermission } from "#foundation/core/permissions";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { toStream } from "#firmware/files/to-stream";
import type { ContentProblem } from "#firmware/files/model";
import { openContentFile, problemOf } from "#firmware/files/server/content-file";
import type { DeviceLogSummary } from "#phones/device-logs/model";
import type { LogIdInput } from "#phones/device-logs/schema";
import { logIdInput } from "#phones/device-logs/schema";
import { logPath } from "#phones/device-logs/server/log-files";
import { openLogObject } from "#phones/device-logs/server/log-objects";
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
  const opened = await openLog(log, SHOWN_BYTES);
  if (opened === null) {
    return { log, head: null };
  }
  const pieces: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const piece of opened.pieces) {
    pieces.push(piece);
    sizeBytes += piece.length;
    if (sizeBytes >= SHOWN_BYTES) {
      break;
    }
  }
  return { log, head: Buffer.concat(pieces).subarray(0, SHOWN_BYTES) };
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
  const opened = log === null ? null : await openLog(log, null);
  if (log === null || opened === null) {
    return null;
  }
  if (opened.sizeBytes !== log.sizeBytes) {
    await abandon(opened.pieces);
    throw unusable("damaged", `has ${opened.sizeBytes} bytes instead of ${log.sizeBytes}`);
  }
  return { log, content: toStream(opened.pieces) };
}

/** Closes what is read. An iterator that has not begun would not notice its return. */
async function abandon(pieces: AsyncIterable<Uint8Array>): Promise<void> {
  const iterator = pieces[Symbol.asyncIterator]();
  await iterator.next();
  await iterator.return?.();
}

/** The id comes from a URL, so it can be any text. */
async function findLog(input: LogIdInput): Promise<DeviceLogSummary | null> {
  return logIdInput.safeParse(input).success ? findLogById(db, input.logId) : null;
}

type OpenedLog = {
  readonly sizeBytes: number;
  /** To be read or returned, because a file is open. */
  readonly pieces: AsyncIterable<Uint8Array>;
};

/** Opens the file on this host, or else the object. */
async function openLog(log: DeviceLogSummary, mostBytes: number | null): Promise<OpenedLog | null> {
  const file = await openFile(log);
  if (file === null) {
    return openLogObject(log, mostBytes);
  }
  const { size } = await file.stat();
  return { sizeBytes: size, pieces: piecesOf(file) };
}

/** Begins to read with the first piece that is asked for, and closes the file also if it is not read to its end. */
function piecesOf(file: FileHandle): AsyncIterable<Uint8Array> {
  return file.createReadStream({ highWaterMark: CHUNK_BYTES });
}

async function openFile(log: DeviceLogSummary): Promise<FileHandle | null> {
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
