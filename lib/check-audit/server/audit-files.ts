import "server-only";
import { Buffer } from "node:buffer";
import { mkdir, open, readdir, rm, stat, statfs } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { auditFileName, dayOfAuditFile, toAuditDay } from "#lib/check-audit/audit-file-name";
import { toAuditFileLine } from "#lib/check-audit/to-audit-line";
import { AppError } from "#lib/core/errors";
import { firstDayWithin } from "#lib/devices/check-days";
import type { CheckDaySize } from "#lib/devices/check-days";
import type { CheckRecord } from "#lib/devices/model";
import { env } from "#lib/platform/env";
import { auditHeader, toAuditLine } from "#lib/protocol/audit-line";

const LINE_END = "\r\n";

/** Where the original keeps its audit of update requests. */
export function auditDirectory(): string {
  return join(env().DATA_DIRECTORY, "Logs", "Server", "Audit", "imageUpdates");
}

/** A check as a line of its day's file. */
export function encodeAuditLine(record: CheckRecord): string {
  return toAuditLine(toAuditFileLine(record)) + LINE_END;
}

/** Appends lines to the file of their day (`YYYY-MM-DD`); they are all there or none is. */
export async function appendAuditLines(day: string, lines: Buffer): Promise<void> {
  await requireFreeDisk();
  await appendLines(join(auditDirectory(), auditFileName(hostname(), day)), lines);
}

/** Deletes the files of whole days before a moment; returns how many. */
export async function deleteAuditFilesBefore(before: Date): Promise<number> {
  const firstKept = toAuditDay(before);
  const old = (await fileNames()).filter((name) => (dayOfAuditFile(name) ?? firstKept) < firstKept);
  for (const name of old) {
    await rm(join(auditDirectory(), name), { force: true });
  }
  return old.length;
}

/** Deletes the files of the oldest days where all of them take more than they may; today's stay. Returns how many. */
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
  const file = await open(path, "a+");
  try {
    const { size } = await file.stat();
    const header = size === 0 && env().CHECK_AUDIT_HEADER ? auditHeader() + LINE_END : "";
    // A power cut may have left half a line.
    const before = size === 0 || (await endsWithLine(file, size)) ? header : LINE_END;
    try {
      await file.appendFile(before);
      await file.appendFile(lines);
    } catch (error) {
      // The batch is tried again as a whole.
      await file.truncate(size);
      throw error;
    }
  } finally {
    await file.close();
  }
}

async function endsWithLine(
  file: Awaited<ReturnType<typeof open>>,
  size: number,
): Promise<boolean> {
  const { buffer } = await file.read({ buffer: Buffer.alloc(1), position: size - 1 });
  return buffer.toString("latin1") === "\n";
}

/** The last bytes of the disk belong to the database. */
async function requireFreeDisk(): Promise<void> {
  await mkdir(auditDirectory(), { recursive: true });
  const { bavail, bsize } = await statfs(auditDirectory());
  if (bavail * bsize < env().LOG_STORE_FREE_BYTES) {
    throw new AppError("unavailable", "The disk is too full for the files of the check log.");
  }
}

async function fileNames(): Promise<readonly string[]> {
  await mkdir(auditDirectory(), { recursive: true });
  return readdir(auditDirectory());
}
