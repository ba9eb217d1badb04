import { z } from "zod";
import { CLEARABLE_DAYS } from "#phones/device-logs/model";

const KIB = 1024;
const MIB = 1024 ** 2;

/** Used as a folder name. */
const logType = z
  .string()
  .trim()
  .regex(/^[A-Za-z][A-Za-z0-9_-]{0,31}$/, "A name of letters, digits, - and _.");
const extension = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^\.[a-z0-9]{1,10}$/, "A dot and up to ten letters or digits.");

/** Ignores case, like the file systems of Windows. */
function isDistinct(names: readonly string[]): boolean {
  return new Set(names.map((name) => name.toLowerCase())).size === names.length;
}

/** The ranges of admin-model.md, 8.1. Fields without one have limits that suit a current server. */
export const logSettings = z.strictObject({
  validTypes: z.array(logType).min(1).max(32).refine(isDistinct, "No name twice.").readonly(),
  validExtensions: z
    .array(extension)
    .min(1)
    .max(64)
    .refine(isDistinct, "No extension twice.")
    .readonly(),
  maxFileSizeBytes: z
    .int()
    .min(KIB)
    .max(100 * MIB),
  maxCacheBytes: z
    .int()
    .min(0)
    .max(100 * MIB),
  flushIntervalSeconds: z.int().min(60).max(3600),
  cleanUpIntervalDays: z.int().min(1).max(365),
  cleanUpTimeOfDay: z
    .string()
    .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, "A time from 00:00 to 23:59.")
    .nullable(),
});

const siteName = z.string().trim().min(1).max(64).nullable();

export const createLogSettingsInput = z.strictObject({
  siteName: siteName.unwrap(),
  settings: logSettings,
});
export type CreateLogSettingsInput = z.infer<typeof createLogSettingsInput>;

export const changeLogSettingsInput = z.strictObject({
  /** Null: the global settings. */
  siteName,
  /** What is absent stays as it is, so that a change does not undo another person's change of other settings. */
  settings: logSettings.partial(),
});
export type ChangeLogSettingsInput = z.infer<typeof changeLogSettingsInput>;

/** Removing the global settings restores the defaults. */
export const removeLogSettingsInput = z.strictObject({ siteName });
export type RemoveLogSettingsInput = z.infer<typeof removeLogSettingsInput>;

export const clearLogsInput = z.strictObject({
  /** Older logs are deleted. */
  daysBack: z.int().min(CLEARABLE_DAYS.min).max(CLEARABLE_DAYS.max),
});
export type ClearLogsInput = z.infer<typeof clearLogsInput>;

export const logIdInput = z.strictObject({ logId: z.uuid() });
export type LogIdInput = z.infer<typeof logIdInput>;
