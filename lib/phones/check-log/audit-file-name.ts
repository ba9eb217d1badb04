import { toInstantText } from "#foundation/core/instant-text";

/** Also a draft of one, which a crash may leave. */
const NAME = /^RequestHandlerAuditLog_.+_(\d{4}-\d{2}-\d{2})\.log(?:\.[0-9a-f-]+\.new)?$/;

/**
 * One file for each server and day. Days are those of the lines, which are in UTC: a line is always in the file that
 * its own date names, also when it is written after midnight.
 */
export function auditFileName(serverName: string, day: string): string {
  const server = serverName.replaceAll(/[^A-Za-z0-9.-]+/g, "-").slice(0, 100);
  return `RequestHandlerAuditLog_${server}_${day}.log`;
}

/** The day of a file, as `YYYY-MM-DD`; null where it is none of ours. */
export function dayOfAuditFile(fileName: string): string | null {
  return NAME.exec(fileName)?.[1] ?? null;
}

/** The day of a moment, in UTC. */
export function toAuditDay(at: Date): string {
  return toInstantText(at).slice(0, "YYYY-MM-DD".length);
}
