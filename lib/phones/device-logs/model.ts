import type { Side } from "#fleet/devices/model";

/** The original's seven settings (admin-model.md, 8.1). */
export type LogSettings = {
  /** Kinds of logs that are kept; each has a folder of its name. */
  readonly validTypes: readonly string[];
  /** Lower case, with the dot. */
  readonly validExtensions: readonly string[];
  readonly maxFileSizeBytes: number;
  /** How many bytes may wait to be forced to the disk. */
  readonly maxCacheBytes: number;
  /** How long they may wait. */
  readonly flushIntervalSeconds: number;
  /** The age at which logs are deleted. */
  readonly cleanUpIntervalDays: number;
  /** `hh:mm` by the server's clock; null leaves the hour to the server. */
  readonly cleanUpTimeOfDay: string | null;
};

export const DEFAULT_LOG_SETTINGS: LogSettings = {
  validTypes: ["Watson", "Config", "DiagLog", "CELog"],
  validExtensions: [
    ".dmp",
    ".clg",
    ".clg2",
    ".bak",
    ".kdmp",
    ".dat",
    ".bin",
    ".cat",
    ".xml",
    ".txt",
    ".hex",
  ],
  maxFileSizeBytes: 1_024_000,
  maxCacheBytes: 512_000,
  flushIntervalSeconds: 300,
  cleanUpIntervalDays: 10,
  cleanUpTimeOfDay: null,
};

/** The hour that the server chooses where nobody else does. */
export const SERVER_CLEAN_UP_TIME = "03:00";

/** The settings of everybody, or of a site, as they are kept. */
export type StoredLogSettings = {
  /** Null: of everybody. */
  readonly siteId: string | null;
  readonly siteName: string | null;
  readonly settings: LogSettings;
  /** Null: nobody has ever changed them. */
  readonly changed: { readonly at: Date; readonly by: string } | null;
};

/** As the original prints it. */
export function logSettingsIdentity({ siteName }: Pick<StoredLogSettings, "siteName">): string {
  return siteName === null ? "Global" : `Site:${siteName}`;
}

/** A site's settings replace the global ones as a whole, as in the original. */
export function effectiveLogSettings(
  stored: readonly StoredLogSettings[],
  siteId: string | null,
): LogSettings {
  const own = siteId === null ? undefined : stored.find((one) => one.siteId === siteId);
  const global = stored.find((one) => one.siteId === null);
  return (own ?? global)?.settings ?? DEFAULT_LOG_SETTINGS;
}

/** A log that a phone uploaded. */
export type DeviceLog = {
  readonly id: string;
  readonly at: Date;
  readonly deviceKey: string | null;
  readonly macAddress: string | null;
  readonly serialNumber: string | null;
  readonly deviceType: string;
  readonly brand: string;
  readonly model: string;
  readonly poolId: string | null;
  readonly siteId: string | null;
  readonly side: Side;
  readonly address: string;
  readonly userName: string | null;
  readonly logType: string;
  readonly extension: string;
  /** Ours; unique. */
  readonly fileName: string;
  /** What the phone called it; shown, never used as a path. */
  readonly givenName: string;
  readonly sizeBytes: number;
};

/** A line of the list. */
export type DeviceLogSummary = DeviceLog & { readonly poolFqdn: string | null };

/** How full the log store of this server is. */
export type LogUsage = { readonly usedBytes: number; readonly quotaBytes: number };

/** What a clean-up by hand removed. */
export type ClearedLogs = { readonly removedLogs: number; readonly removedAuditFiles: number };
