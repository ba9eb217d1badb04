/** The formats for the time of an image in an answer. It is not documented which formats phones understand. */
export const TIMESTAMP_FORMATS = [
  "iso_8601",
  "iso_8601_milliseconds",
  "us_date_time",
  "rfc_1123",
  "unix_seconds",
  "file_time",
] as const;
export type TimestampFormat = (typeof TIMESTAMP_FORMATS)[number];

/** From 1601-01-01, the epoch of Windows, to 1970-01-01. */
const FILE_TIME_OFFSET_MS = 11_644_473_600_000n;
const FILE_TIMES_PER_MS = 10_000n;

const FORMATTERS = {
  iso_8601: (at) => at.toISOString().replace(/\.\d+Z$/, "Z"),
  iso_8601_milliseconds: (at) => at.toISOString(),
  us_date_time: toUsDateTime,
  rfc_1123: (at) => at.toUTCString(),
  unix_seconds: (at) => String(Math.floor(at.getTime() / 1000)),
  file_time: (at) => String((BigInt(at.getTime()) + FILE_TIME_OFFSET_MS) * FILE_TIMES_PER_MS),
} as const satisfies Record<TimestampFormat, (at: Date) => string>;

/** Formats a time in UTC. */
export function formatTimestamp(at: Date, format: TimestampFormat): string {
  return FORMATTERS[format](at);
}

/** `4/10/2013 12:00:00 AM`, the format of .NET for dates in its invariant and American cultures. */
function toUsDateTime(at: Date): string {
  const hours = at.getUTCHours();
  const date = `${at.getUTCMonth() + 1}/${at.getUTCDate()}/${at.getUTCFullYear()}`;
  const [minutes, seconds] = [at.getUTCMinutes(), at.getUTCSeconds()].map((part) =>
    String(part).padStart(2, "0"),
  );
  return `${date} ${hours % 12 || 12}:${minutes}:${seconds} ${hours < 12 ? "AM" : "PM"}`;
}
