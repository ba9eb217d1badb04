/** The parts of a stored log's name (device-protocol.md, 3.1 and 9.5). */
export type LogFileNameParts = {
  readonly deviceType: string;
  /** The MAC address, else the serial number, else the IP address. */
  readonly deviceId: string;
  readonly at: Date;
  readonly logType: string;
  /** With the dot. */
  readonly extension: string;
};

const MAX_PART_CHARACTERS = 40;

/** `<device type>_<device id>-<YYYYMMDD>-<TYPE><HHMMSS>_<n>.<ext>`, in UTC. A safe name on every file system. */
export function logFileName(parts: LogFileNameParts, number: number): string {
  const [instant = ""] = parts.at.toISOString().split(".", 1);
  const [date = "", time = ""] = instant.replaceAll(/[-:]/g, "").split("T");
  const type = safe(parts.logType).toUpperCase();
  return `${safe(parts.deviceType)}_${safe(parts.deviceId)}-${date}-${type}${time}_${number}${parts.extension}`;
}

/** Keeps letters and digits only, so that no path separator, dot or special character remains. */
function safe(text: string): string {
  const plain = text.replaceAll(/[^A-Za-z0-9]+/g, "_").slice(0, MAX_PART_CHARACTERS);
  return plain === "" || plain === "_" ? "Unknown" : plain;
}
