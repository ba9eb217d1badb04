import { z } from "zod";
import { collect, defineCommand } from "#programs/cli/command";
import { everyPage } from "#programs/cli/every-page";
import { parsePoolName } from "#programs/cli/identity";
import type { Field } from "#programs/cli/output/fields";
import { column, detail } from "#programs/cli/output/fields";
import { addFormatOptions, formatOptions, printItems } from "#programs/cli/output/format";
import { formatMacAddress } from "#foundation/core/mac-address";
import { filterValue, searchText } from "#foundation/core/search-text";
import type { DeviceSummary, DeviceUpdate } from "#fleet/devices/model";
import { PHONE_FIGURES } from "#fleet/devices/model";
import { PROGRESS_STATES } from "#fleet/devices/progress-state";
import { ROLL_OUT_STATES } from "#fleet/devices/roll-out-state";
import { EVERY_DEVICE } from "#fleet/devices/search-params";
import { listDevices } from "#phones/inventory/server/list-devices";

/** Of several updates in progress, the one that the column `Progress` is about. */
function mainUpdate({ updates, progress }: DeviceSummary): DeviceUpdate | null {
  return updates.find(({ state }) => state === progress) ?? null;
}

/** Newest first, such as `A1B2 (until 2026-11-28T08:00:00.000Z, changed by an update)`. */
function toFormerSerialNumbers({ serialChanges }: DeviceSummary): string | null {
  const changes = serialChanges.map(({ serialNumber, at, channel }) => {
    const reason = channel === null ? "no update explains the change" : "changed by an update";
    return `${serialNumber} (until ${at.toISOString()}, ${reason})`;
  });
  return changes.join("; ") || null;
}

const DEVICE_FIELDS: readonly Field<DeviceSummary>[] = [
  column("MacAddress", ({ macAddress }) => macAddress && formatMacAddress(macAddress)),
  column("SerialNumber", (device) => device.serialNumber),
  column("Brand", (device) => device.hardware.brand),
  column("Model", (device) => device.hardware.model),
  column("Version", (device) => device.version),
  column("State", (device) => device.state),
  column("Progress", (device) => device.progress),
  column("Conflict", (device) => device.conflict),
  column("LastSeenAt", (device) => device.lastSeenAt),
  column("Address", (device) => device.address),
  detail("FormerSerialNumbers", toFormerSerialNumbers),
  detail("Pool", (device) => device.poolFqdn),
  detail("Site", (device) => device.siteName),
  detail("DeviceType", (device) => device.hardware.deviceType),
  detail("Revision", (device) => device.hardware.revision),
  detail("Locale", (device) => device.hardware.locale),
  detail("Side", (device) => device.side),
  detail("User", (device) => device.userName),
  detail("IsTestDevice", (device) => device.isTestDevice),
  detail("UpdateType", (device) => mainUpdate(device)?.updateType ?? null),
  detail("UpdateVersion", (device) => mainUpdate(device)?.version ?? null),
  detail("OfferedAt", (device) => mainUpdate(device)?.offeredAt ?? null),
  detail("DownloadStartedAt", (device) => mainUpdate(device)?.startedAt ?? null),
  detail("DownloadedAt", (device) => mainUpdate(device)?.downloadedAt ?? null),
  detail("RunningAt", (device) => mainUpdate(device)?.runningAt ?? null),
  detail("FellBackAt", (device) => mainUpdate(device)?.fellBackAt ?? null),
  detail("Id", (device) => device.id),
];

const getDevice = defineCommand({
  name: "get-device",
  cmdlet: null,
  summary: "show the phones that have checked for updates, and the versions they run",
  notes: `States: ${PHONE_FIGURES.join(", ")}.
Progress of a phone with the update it was offered: ${PROGRESS_STATES.join(", ")}.
States of a phone in a roll-out: ${ROLL_OUT_STATES.join(", ")}.
Conflict two_phones: two serial numbers alternate under this MAC address.`,
  examples: [
    "get-device",
    "get-device 00-04-F2 --list",
    "get-device --model CX600 --state update_due --csv > due.csv",
    "get-device --site Berlin --state update_due",
    "get-device --progress fell_back --progress never_came_back --list",
  ],
  needsDatabase: true,
  configure: (command) => {
    addFormatOptions(
      command
        .argument("[text]", "part of a MAC address, serial number, address, user or version")
        .option("--model <model>", "phones of this model; may be repeated", collect)
        .option("--pool <pool>", "phones that checked at this pool; may be repeated", collect)
        .option("--site <name>", "phones at this site; may be repeated", collect)
        .option("--state <state>", "phones in this state; may be repeated", collect)
        .option(
          "--progress <progress>",
          "phones with this update progress; may be repeated",
          collect,
        )
        .option("--roll-out <id>", "the phones that a roll-out moves")
        .option("--roll-out-state <state>", "its phones in this state; may be repeated", collect),
    );
  },
  input: z.strictObject({
    args: z.array(searchText).max(1),
    model: z.array(filterValue).default([]),
    pool: z.array(filterValue).default([]),
    site: z.array(filterValue).default([]),
    state: z.array(z.enum(PHONE_FIGURES, `One of ${PHONE_FIGURES.join(", ")}.`)).default([]),
    progress: z.array(z.enum(PROGRESS_STATES, `One of ${PROGRESS_STATES.join(", ")}.`)).default([]),
    rollOut: z.uuid().optional(),
    rollOutState: z
      .array(z.enum(ROLL_OUT_STATES, `One of ${ROLL_OUT_STATES.join(", ")}.`))
      .default([]),
    ...formatOptions,
  }),
  run: async (session, input) => {
    const devices = await everyPage(async (page) => {
      const found = await listDevices(session.context(), {
        ...EVERY_DEVICE,
        q: input.args[0] ?? "",
        model: input.model,
        pool: input.pool.map(parsePoolName),
        site: input.site,
        state: input.state,
        progress: input.progress,
        rollOut: input.rollOut ?? "",
        rollOutState: input.rollOutState,
        page,
      });
      return { ...found, items: found.devices };
    });
    printItems(session.terminal, devices, { fields: DEVICE_FIELDS, options: input });
    return "done";
  },
});

export const commands = [getDevice];
