import { z } from "zod";
import { countOf } from "#programs/cli/output/count-of";
import { collect, defineCommand } from "#programs/cli/command";
import { addConfirmOptions, confirmOptions, removeConfirmed } from "#programs/cli/confirm";
import { everyPage } from "#programs/cli/every-page";
import { parsePoolName } from "#programs/cli/identity";
import type { Field } from "#programs/cli/output/fields";
import { column, detail } from "#programs/cli/output/fields";
import { addFormatOptions, formatOptions, printItems } from "#programs/cli/output/format";
import { parseInput } from "#foundation/core/parse-input";
import { addTimeOptions, timeOptions } from "#programs/cli/common-options";
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
  notes: "The files are in Logs/Client in the data directory, in one folder for each type.",
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
    printItems(session.terminal, logs, { fields: LOG_FIELDS, options: input });
    return "done";
  },
});

const clearDeviceUpdateLog = defineCommand({
  name: "clear-device-update-log",
  cmdlet: "Clear-CsDeviceUpdateLog",
  summary: "delete device logs and files of the check log that are older than a number of days",
  notes: "Deletes files on the server that runs the command. The checks in the database stay.",
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
    const age = countOf(parsed.daysBack, "day");
    return removeConfirmed(terminal, input, {
      whatIfText: `Logs older than ${age} would be deleted.`,
      question: `Delete logs older than ${age}?`,
      remove: async () => {
        const { removedLogs, removedAuditFiles } = await clearLogs(context(), parsed);
        terminal.write(
          `${countOf(removedLogs, "device log")} and ${countOf(removedAuditFiles, "file")} of the check log deleted.\n`,
        );
      },
    });
  },
});

export const commands = [getDeviceUpdateLog, clearDeviceUpdateLog];
