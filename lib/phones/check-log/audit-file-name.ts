import { toInstantText } from "#foundation/core/time";

/** Also matches a draft of a file, which a crash may leave behind. */
const NAME = /^RequestHandlerAuditLog_.+_(\d{4}-\d{2}-\d{2})\.log(?:\.[0-9a-f-]+\.new)?$/;

/**
 * One file per server and day. The day is the UTC day of the line, so a line is always in the file of its own date,
 * even if it is written after midnight.
 */
export function auditFileName(serverName: string, day: string): string {
  const server = serverName.replaceAll(/[^A-Za-z0-9.-]+/g, "-").slice(0, 100);
  return `RequestHandlerAuditLog_${server}_${day}.log`;
}

/** The day of a file, as `YYYY-MM-DD`; null if it is not a file of the check log. */
export function dayOfAuditFile(fileName: string): string | null {
  return NAME.exec(fileName)?.[1] ?? null;
}

/** The UTC day of a time. */
export function toAuditDay(at: Date): string {
  return toInstantText(at).slice(0, "YYYY-MM-DD".length);
}
