/** What the name of a stored log is made of (device-protocol.md, 3.1 and 9.5). */
export type LogFileNameParts = {
  readonly deviceType: string;
  /** MAC address, else serial number, else address. */
  readonly deviceId: string;
  readonly at: Date;
  readonly logType: string;
  /** With the dot. */
  readonly extension: string;
};

const LONGEST_PART = 40;

/** `<device type>_<device id>-<YYYYMMDD>-<TYPE><HHMMSS>_<n>.<ext>`, in UTC, and safe as a name everywhere. */
export function logFileName(parts: LogFileNameParts, number: number): string {
  const [instant = ""] = parts.at.toISOString().split(".", 1);
  const [date = "", time = ""] = instant.replaceAll(/[-:]/g, "").split("T");
  const type = safe(parts.logType).toUpperCase();
  return `${safe(parts.deviceType)}_${safe(parts.deviceId)}-${date}-${type}${time}_${number}${parts.extension}`;
}

/** Neither separators nor dots, and nothing that a file system takes for something else. */
function safe(text: string): string {
  const plain = text.replaceAll(/[^A-Za-z0-9]+/g, "_").slice(0, LONGEST_PART);
  return plain === "" || plain === "_" ? "Unknown" : plain;
}
