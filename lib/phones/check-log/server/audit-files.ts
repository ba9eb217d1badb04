import "server-only";
import { Buffer } from "node:buffer";
import { randomUUID } from "node:crypto";
import { access, link, open, readdir, rm, stat, statfs, writeFile } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { auditFileName, dayOfAuditFile, toAuditDay } from "#phones/check-log/audit-file-name";
import { AppError } from "#foundation/core/errors";
import { firstDayWithin } from "#phones/check-log/check-days";
import type { CheckDaySize } from "#phones/check-log/check-days";
import type { CheckRecord } from "#phones/check-log/check-row";
import { isMissing, errorCode } from "#foundation/core/error-code";
import { env } from "#foundation/platform/env";
import { makeDirectory } from "#foundation/platform/make-directory";
import { auditHeader } from "#formats/protocol/audit-line";
import { toAuditFileLine } from "#phones/check-log/to-audit-line";

const LINE_END = "\r\n";
const HEADER_LINE = auditHeader() + LINE_END;
/** Errors of `link` on file systems without hard links. There, the header is written with the first lines. */
const NO_HARD_LINKS: readonly string[] = ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"];

/** The directory of the audit log of update requests, as in the original. */
export function auditDirectory(): string {
  return join(env().DATA_DIRECTORY, "Logs", "Server", "Audit", "imageUpdates");
}

/** Encodes a check as a line of its day's file. */
export function encodeAuditLine(record: CheckRecord): string {
  return toAuditFileLine(record) + LINE_END;
}

/** Appends lines to the file of their day (`YYYY-MM-DD`): all lines or none. */
export async function appendAuditLines(day: string, lines: Buffer): Promise<void> {
  await requireFreeDisk();
  await appendLines(join(auditDirectory(), auditFileName(hostname(), day)), lines);
}

/** Deletes the files of whole days before a time; returns their number. */
export async function deleteAuditFilesBefore(before: Date): Promise<number> {
  const firstKept = toAuditDay(before);
  const old = (await fileNames()).filter((name) => (dayOfAuditFile(name) ?? firstKept) < firstKept);
  for (const name of old) {
    await rm(join(auditDirectory(), name), { force: true });
  }
  return old.length;
}

/** Deletes the files of the oldest days until the quota is met, except today's; returns their number. */
export async function deleteSurplusAuditFiles(now: Date, quotaBytes: number): Promise<number> {
  const firstKept = firstDayWithin(await daySizes(), quotaBytes, toAuditDay(now));
  return firstKept === null ? 0 : deleteAuditFilesBefore(new Date(firstKept));
}

async function daySizes(): Promise<readonly CheckDaySize[]> {
  const sizes = new Map<string, number>();
  for (const name of await fileNames()) {
    const day = dayOfAuditFile(name);
    if (day !== null) {
      const { size } = await stat(join(auditDirectory(), name));
      sizes.set(day, (sizes.get(day) ?? 0) + size);
    }
  }
  return [...sizes]
    .map(([day, sizeBytes]) => ({ day, sizeBytes }))
    .toSorted((left, right) => (left.day < right.day ? 1 : -1));
}

async function appendLines(path: string, lines: Buffer): Promise<void> {
  if (env().CHECK_AUDIT_HEADER) {
    await createWithHeader(path);
  }
  const file = await open(path, "a+");
  try {
    const { size } = await file.stat();
    await appendWhole(file, Buffer.concat([Buffer.from(await textBefore(file, size)), lines]));
  } finally {
    await file.close();
  }
}

/**
 * Creates the file of a day with its header, if it does not exist; other processes see the file with its header or no
 * file. An existing file is left unchanged, also one of an earlier version without a header.
 */
async function createWithHeader(path: string): Promise<void> {
  if (await isThere(path)) {
    return;
  }
  const draft = `${path}.${randomUUID()}.new`;
  try {
    await writeFile(draft, HEADER_LINE, { flag: "wx" });
    await link(draft, path);
  } catch (error) {
    const code = errorCode(error) ?? "";
    if (code !== "EEXIST" && !NO_HARD_LINKS.includes(code)) {
      throw error;
    }
  } finally {
    await rm(draft, { force: true });
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if (isMissing(error)) {
      return false;
    }
    throw error;
  }
}

/** The text before new lines: the header in an empty file, or a line end after a partial line that a power cut left. */
async function textBefore(file: FileHandle, size: number): Promise<string> {
  if (size === 0) {
    return env().CHECK_AUDIT_HEADER ? HEADER_LINE : "";
  }
  return (await endsWithLine(file, size)) ? "" : LINE_END;
}

/**
 * A single write, so that lines of several processes do not mix. A partial write is undone, because the whole batch is
 * retried.
 */
async function appendWhole(file: FileHandle, content: Buffer): Promise<void> {
  let written = 0;
  try {
    while (written < content.length) {
      const { bytesWritten } = await file.write(content, written);
      written += bytesWritten;
    }
  } catch (error) {
    const { size } = await file.stat();
    const part = content.subarray(0, written);
    const { buffer } = await file.read({ buffer: Buffer.alloc(written), position: size - written });
    // If another process appended lines after the partial write, the part cannot be removed.
    if (written > 0 && buffer.equals(part)) {
      await file.truncate(size - written);
    }
    throw error;
  }
}

async function endsWithLine(file: FileHandle, size: number): Promise<boolean> {
  const { buffer } = await file.read({ buffer: Buffer.alloc(1), position: size - 1 });
  return buffer.toString("latin1") === "\n";
}

/** The last free bytes of the disk are reserved for the database. */
async function requireFreeDisk(): Promise<void> {
  await makeDirectory(auditDirectory());
  const { bavail, bsize } = await statfs(auditDirectory());
  if (bavail * bsize < env().LOG_STORE_FREE_BYTES) {
    throw new AppError("unavailable", "The disk is too full for the files of the check log.");
  }
}

async function fileNames(): Promise<readonly string[]> {
  await makeDirectory(auditDirectory());
  return readdir(auditDirectory());
}
