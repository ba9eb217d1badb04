import { z } from "zod";
import { collect, defineCommand } from "#lib/cli/command";
import { everyPage } from "#lib/cli/every-page";
import { parsePoolName } from "#lib/cli/identity";
import type { Field } from "#lib/cli/output/fields";
import { column, detail } from "#lib/cli/output/fields";
import { addFormatOptions, chosenFormat, formatOptions, printItems } from "#lib/cli/output/format";
import { formatMacAddress } from "#lib/core/mac-address";
import type { DeviceSummary } from "#lib/devices/model";
import { UPDATE_STATES } from "#lib/devices/model";
import { listDevices } from "#lib/devices/server/list-devices";

const DEVICE_FIELDS: readonly Field<DeviceSummary>[] = [
  column("MacAddress", ({ macAddress }) => macAddress && formatMacAddress(macAddress)),
  column("SerialNumber", (device) => device.serialNumber),
  column("Brand", (device) => device.hardware.brand),
  column("Model", (device) => device.hardware.model),
  column("Version", (device) => device.version),
  column("State", (device) => device.state),
  column("LastSeenAt", (device) => device.lastSeenAt),
  column("Address", (device) => device.address),
  detail("Pool", (device) => device.poolFqdn),
  detail("DeviceType", (device) => device.hardware.deviceType),
  detail("Revision", (device) => device.hardware.revision),
  detail("Locale", (device) => device.hardware.locale),
  detail("Side", (device) => device.side),
  detail("User", (device) => device.userName),
  detail("IsTestDevice", (device) => device.isTestDevice),
  detail("Id", (device) => device.id),
];

const getDevice = defineCommand({
  name: "get-device",
  cmdlet: null,
  summary: "show the phones that have asked for updates, and what they run",
  notes: `States: ${UPDATE_STATES.join(", ")}.`,
  examples: [
    "get-device",
    "get-device 00-04-F2 --list",
    "get-device --model CX600 --state update_due --csv > due.csv",
  ],
  needsDatabase: true,
  configure: (command) => {
    addFormatOptions(
      command
        .argument("[text]", "part of a MAC address, serial number, address, user or version")
        .option("--model <model>", "phones of this model; may be repeated", collect)
        .option("--pool <pool>", "phones that asked this pool; may be repeated", collect)
        .option("--state <state>", "phones in this state; may be repeated", collect),
    );
  },
  input: z.strictObject({
    args: z.array(z.string()).max(1),
    model: z.array(z.string()).default([]),
    pool: z.array(z.string()).default([]),
    state: z.array(z.enum(UPDATE_STATES, `One of ${UPDATE_STATES.join(", ")}.`)).default([]),
    ...formatOptions,
  }),
  run: async (session, input) => {
    const devices = await everyPage(async (page) => {
      const found = await listDevices(session.context(), {
        q: input.args[0] ?? "",
        model: input.model,
        pool: input.pool.map(parsePoolName),
        state: input.state,
        sort: "lastSeenAt",
        order: "desc",
        page,
      });
      // Beyond the end the last page is given again.
      return { items: found.page === page ? found.devices : [], total: found.total };
    });
    printItems(session.terminal, devices, { fields: DEVICE_FIELDS, format: chosenFormat(input) });
    return "done";
  },
});

export const deviceCommands = [getDevice];
