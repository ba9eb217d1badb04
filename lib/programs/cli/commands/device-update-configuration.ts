import type { Command } from "commander";
import { z } from "zod";
import { collect, defineCommand } from "#programs/cli/command";
import { addConfirmOptions, confirmOptions, removeConfirmed } from "#programs/cli/confirm";
import type { Field } from "#programs/cli/output/fields";
import { column, detail } from "#programs/cli/output/fields";
import { addFormatOptions, formatOptions, printItems } from "#programs/cli/output/format";
import { parseInput } from "#foundation/core/parse-input";
import type { Session } from "#programs/cli/session";
import { AppError } from "#foundation/core/errors";
import { wholeNumberText } from "#foundation/core/whole-number-text";
import type { LogSettings, StoredLogSettings } from "#phones/device-logs/model";
import {
  logSettingsIdentity,
  SERVER_CLEAN_UP_TIME,
  withLogSettings,
} from "#phones/device-logs/model";
import {
  changeLogSettingsInput,
  createLogSettingsInput,
  removeLogSettingsInput,
} from "#phones/device-logs/schema";
import {
  changeLogSettings,
  createLogSettings,
  removeLogSettings,
} from "#phones/device-logs/server/change-log-settings";
import { listLogSettings } from "#phones/device-logs/server/list-log-settings";

const IDENTITY = "global or site:<site>";

const FIELDS: readonly Field<StoredLogSettings>[] = [
  column("Identity", logSettingsIdentity),
  column("ValidLogFileTypes", ({ settings }) => settings.validTypes),
  column("ValidLogFileExtensions", ({ settings }) => settings.validExtensions),
  column("MaxLogFileSize", ({ settings }) => settings.maxFileSizeBytes),
  column("MaxLogCacheLimit", ({ settings }) => settings.maxCacheBytes),
  column("LogFlushInterval", ({ settings }) => toTimeSpan(settings.flushIntervalSeconds)),
  column("LogCleanUpInterval", ({ settings }) => `${settings.cleanUpIntervalDays}.00:00:00`),
  column("LogCleanUpTimeOfDay", ({ settings }) => settings.cleanUpTimeOfDay),
  detail(
    "EffectiveCleanUpTimeOfDay",
    ({ settings }) => settings.cleanUpTimeOfDay ?? SERVER_CLEAN_UP_TIME,
  ),
  detail("ChangedAt", ({ changed }) => changed?.at ?? null),
  detail("ChangedBy", ({ changed }) => changed?.by ?? null),
];

/** `5` (minutes) or `00:05:00`. The model is in seconds. */
const flushInterval = z
  .string()
  .regex(/^(?:\d{1,2}|\d{1,2}:[0-5]\d:[0-5]\d)$/, "Minutes, or hh:mm:ss.")
  .transform((text) => {
    const [hours = 0, minutes = 0, seconds = 0] = text.split(":").map(Number);
    return text.includes(":") ? hours * 3600 + minutes * 60 + seconds : hours * 60;
  });

/** `10` (days) or `10.00:00:00`. */
const cleanUpInterval = z
  .string()
  .regex(/^\d{1,3}(?:\.00:00:00)?$/, "Whole days, or d.00:00:00.")
  .transform((text) => Number(text.split(".")[0]));

const timeOfDay = z.string().transform((text) => (text.toLowerCase() === "none" ? null : text));

const settingOptions = {
  validLogFileTypes: z.array(z.string()).optional(),
  validLogFileExtensions: z.array(z.string()).optional(),
  maxLogFileSize: wholeNumberText.optional(),
  maxLogCacheLimit: wholeNumberText.optional(),
  logFlushInterval: flushInterval.optional(),
  logCleanUpInterval: cleanUpInterval.optional(),
  logCleanUpTimeOfDay: timeOfDay.optional(),
};
type SettingOptions = z.output<z.ZodObject<typeof settingOptions>>;

function addSettingOptions(command: Command): Command {
  return command
    .option("--valid-log-file-types <type>", "a type to accept; may be repeated", collect)
    .option("--valid-log-file-extensions <extension>", "such as .clg; may be repeated", collect)
    .option("--max-log-file-size <bytes>", "the largest log to accept")
    .option(
      "--max-log-cache-limit <bytes>",
      "the most bytes that may wait to be flushed to the disk",
    )
    .option("--log-flush-interval <time>", "minutes, or hh:mm:ss; from 1 minute to 1 hour")
    .option("--log-clean-up-interval <days>", "the age at which logs are deleted, 1 to 365 days")
    .option("--log-clean-up-time-of-day <time>", "hh:mm, or none to let the server choose");
}

const getConfiguration = defineCommand({
  name: "get-device-update-configuration",
  cmdlet: "Get-CsDeviceUpdateConfiguration",
  summary: "show which logs are accepted from phones, and how long they are kept",
  examples: [
    "get-device-update-configuration",
    "get-device-update-configuration site:Redmond --json",
  ],
  needsDatabase: true,
  configure: (command) => {
    addFormatOptions(command.argument("[identity]", IDENTITY));
  },
  input: z.strictObject({ args: z.array(z.string()).max(1), ...formatOptions }),
  run: async (session, input) => {
    const [identity] = input.args;
    const found =
      identity === undefined
        ? await listLogSettings(session.context())
        : [await requireStored(session, toSiteName(identity))];
    printItems(session.terminal, found, { fields: FIELDS, options: input });
    return "done";
  },
});

const newConfiguration = defineCommand({
  name: "new-device-update-configuration",
  cmdlet: "New-CsDeviceUpdateConfiguration",
  summary: "add log settings for one site",
  notes: "Options that are not given are copied from the global settings.",
  examples: ["new-device-update-configuration site:Redmond --log-clean-up-interval 30"],
  needsDatabase: true,
  configure: (command) => {
    addSettingOptions(command.argument("<identity>", "site:<site>"));
  },
  input: z.strictObject({ args: z.tuple([z.string()]), ...settingOptions }),
  run: async (session, input) => {
    const siteName = toSiteName(input.args[0]);
    const { settings } = await requireStored(session, null);
    const parsed = parseInput(createLogSettingsInput, {
      siteName,
      settings: withOptions(settings, input),
    });
    await createLogSettings(session.context(), parsed);
    session.terminal.tell(`Created ${logSettingsIdentity({ siteName })}.\n`);
    return "done";
  },
});

const setConfiguration = defineCommand({
  name: "set-device-update-configuration",
  cmdlet: "Set-CsDeviceUpdateConfiguration",
  summary: "change log settings; without an identity, the global ones",
  examples: [
    "set-device-update-configuration --log-clean-up-time-of-day 04:30",
    "set-device-update-configuration site:Redmond --max-log-file-size 2048000",
  ],
  needsDatabase: true,
  configure: (command) => {
    addSettingOptions(command.argument("[identity]", IDENTITY));
  },
  input: z.strictObject({ args: z.array(z.string()).max(1), ...settingOptions }),
  run: async (session, input) => {
    const siteName = toSiteName(input.args[0] ?? "global");
    const { settings } = await requireStored(session, siteName);
    const parsed = parseInput(changeLogSettingsInput, {
      siteName,
      settings: withOptions(settings, input),
    });
    await changeLogSettings(session.context(), parsed);
    session.terminal.tell(`Changed ${logSettingsIdentity({ siteName })}.\n`);
    return "done";
  },
});

const removeConfiguration = defineCommand({
  name: "remove-device-update-configuration",
  cmdlet: "Remove-CsDeviceUpdateConfiguration",
  summary: "remove a site's log settings, or reset the global ones to their defaults",
  examples: ["remove-device-update-configuration site:Redmond"],
  needsDatabase: true,
  configure: (command) => {
    addConfirmOptions(command.argument("<identity>", IDENTITY));
  },
  input: z.strictObject({ args: z.tuple([z.string()]), ...confirmOptions }),
  run: async (session, input) => {
    const { terminal } = session;
    const parsed = parseInput(removeLogSettingsInput, { siteName: toSiteName(input.args[0]) });
    const identity = logSettingsIdentity(parsed);
    return removeConfirmed(terminal, input, {
      whatIfText: `${identity} would be removed.`,
      question: `Remove ${identity}?`,
      remove: async () => {
        await removeLogSettings(session.context(), parsed);
        terminal.tell(`Removed ${identity}.\n`);
      },
    });
  },
});

export const commands = [getConfiguration, newConfiguration, setConfiguration, removeConfiguration];

/** Null means the global settings. */
function toSiteName(identity: string): string | null {
  const [, site] = /^site:(.+)$/i.exec(identity.trim()) ?? [];
  if (site === undefined && identity.trim().toLowerCase() !== "global") {
    throw new AppError("invalid_input", `Give the identity as ${IDENTITY}.`);
  }
  return site?.trim() ?? null;
}

async function requireStored(
  session: Session,
  siteName: string | null,
): Promise<StoredLogSettings> {
  const all = await listLogSettings(session.context());
  const found = all.find((one) => one.siteName?.toLowerCase() === siteName?.toLowerCase());
  if (found === undefined) {
    throw new AppError("not_found", `The site ${siteName ?? ""} has no settings of its own.`);
  }
  return found;
}

function withOptions(settings: LogSettings, options: SettingOptions): LogSettings {
  return withLogSettings(settings, {
    validTypes: options.validLogFileTypes,
    validExtensions: options.validLogFileExtensions,
    maxFileSizeBytes: options.maxLogFileSize,
    maxCacheBytes: options.maxLogCacheLimit,
    flushIntervalSeconds: options.logFlushInterval,
    cleanUpIntervalDays: options.logCleanUpInterval,
    cleanUpTimeOfDay: options.logCleanUpTimeOfDay,
  });
}

/** Formats a duration as the cmdlet prints it. */
function toTimeSpan(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}
