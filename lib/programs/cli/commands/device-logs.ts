import { z } from "zod";
import { collect, defineCommand } from "#programs/cli/command";
import { addConfirmOptions, confirmOptions, removeConfirmed } from "#programs/cli/confirm";
import { everyPage } from "#programs/cli/every-page";
import { parsePoolName } from "#programs/cli/identity";
import type { Field } from "#programs/cli/output/fields";
import { column, detail } from "#programs/cli/output/fields";
import {
  addFormatOptions,
  chosenFormat,
  formatOptions,
  printItems,
} from "#programs/cli/output/format";
import { parseInput } from "#foundation/core/parse-input";
import { addTimeOptions, timeOptions } from "#programs/cli/time-options";
import { formatMacAddress } from "#foundation/core/mac-address";
import { filterValue, searchText } from "#foundation/core/search-text";
import { wholeNumberText } from "#foundation/core/whole-number-text";
import type { DeviceLogSummary } from "#phones/device-logs/model";
import { clearLogsInput } from "#phones/device-logs/schema";
import { clearLogs } from "#phones/device-logs/server/clear-logs";
import { listLogs } from "#phones/device-logs/server/list-logs";

const LOG_FIELDS: readonly Field<DeviceLogSummary>[] = [
  column("At", (log) => log.at),
  column("LogType", (log) => log.logType),
  column("Model", (log) => log.model),
  column("MacAddress", ({ macAddress }) => macAddress && formatMacAddress(macAddress)),
  column("SerialNumber", (log) => log.serialNumber),
  column("SizeBytes", (log) => log.sizeBytes),
  column("FileName", (log) => log.fileName),
  detail("GivenName", (log) => log.givenName),
  detail("Pool", (log) => log.poolFqdn),
  detail("Address", (log) => log.address),
  detail("Side", (log) => log.side),
  detail("User", (log) => log.userName),
  detail("Id", (log) => log.id),
];

const getDeviceUpdateLog = defineCommand({
  name: "get-device-update-log",
  cmdlet: null,
  summary: "show the logs that phones uploaded",
  notes: "The files lie below Logs/Client in the data directory, in a folder for each type.",
  examples: ["get-device-update-log", "get-device-update-log 00-04-F2 --type CELog --csv"],
  needsDatabase: true,
  configure: (command) => {
    addTimeOptions(
      addFormatOptions(
        command
          .argument("[text]", "part of a MAC address, serial number, address or file name")
          .option("--type <type>", "logs of this type; may be repeated", collect)
          .option("--pool <pool>", "logs for this pool; may be repeated", collect),
      ),
    );
  },
  input: z.strictObject({
    args: z.array(searchText).max(1),
    type: z.array(filterValue).default([]),
    pool: z.array(filterValue).default([]),
    ...timeOptions,
    ...formatOptions,
  }),
  run: async (session, input) => {
    const logs = await everyPage(async (page) => {
      const found = await listLogs(session.context(), {
        q: input.args[0] ?? "",
        type: input.type,
        pool: input.pool.map(parsePoolName),
        from: input.from,
        to: input.to,
        sort: "at",
        order: "desc",
        page,
      });
      return { ...found, items: found.logs };
    });
    printItems(session.terminal, logs, { fields: LOG_FIELDS, format: chosenFormat(input) });
    return "done";
  },
});

const clearDeviceUpdateLog = defineCommand({
  name: "clear-device-update-log",
  cmdlet: "Clear-CsDeviceUpdateLog",
  summary: "delete logs of phones, and files of the check log, that are older than some days",
  notes: "Deletes the files of the server it runs on. What the database knows of checks stays.",
  examples: ["clear-device-update-log --days-back 10"],
  needsDatabase: true,
  configure: (command) => {
    addConfirmOptions(command.requiredOption("--days-back <days>", "from 1 to 30"));
  },
  input: z.strictObject({
    args: z.array(z.string()).length(0),
    daysBack: wholeNumberText,
    ...confirmOptions,
  }),
  run: async ({ terminal, context }, input) => {
    const parsed = parseInput(clearLogsInput, { daysBack: input.daysBack });
    return removeConfirmed(terminal, input, {
      foretold: `Logs older than ${parsed.daysBack} days would be deleted.`,
      question: `Delete logs older than ${parsed.daysBack} days?`,
      remove: async () => {
        const { removedLogs, removedAuditFiles } = await clearLogs(context(), parsed);
        terminal.write(
          `${removedLogs} device logs and ${removedAuditFiles} files of the check log deleted.\n`,
        );
      },
    });
  },
});

export const commands = [getDeviceUpdateLog, clearDeviceUpdateLog];
