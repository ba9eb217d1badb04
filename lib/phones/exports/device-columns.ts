import { formatMacAddress } from "#foundation/core/mac-address";
import type { DeviceSummary, DeviceUpdate } from "#fleet/devices/model";
import type { InstalledModule } from "#formats/protocol/check-request";
import type { ExportColumn } from "#phones/exports/model";

/** A phone with what only exports show. */
export type ExportedDevice = DeviceSummary & {
  readonly installed: readonly Pick<InstalledModule, "updateType" | "version">[];
  /** Its last check after a sign-in, as far as the check log reaches back. */
  readonly lastSignInAt: Date | null;
};

/**
 * The columns of the Monitoring Server's IP Phone Inventory under their names (admin-model.md, 9.1), then what the service
 * knows beyond them. Phones do not report when a user signs off, so the last logoff time is always empty.
 */
export const DEVICE_COLUMNS: readonly ExportColumn<ExportedDevice>[] = [
  { key: "manufacturer", title: "Manufacturer", of: ({ hardware }) => hardware.brand },
  { key: "hardwareVersion", title: "Hardware version", of: ({ hardware }) => hardware.model },
  {
    key: "macAddress",
    title: "MAC address",
    of: ({ macAddress }) => macAddress && formatMacAddress(macAddress),
  },
  { key: "userUri", title: "User URI", of: ({ userName }) => userName },
  { key: "userAgent", title: "User agent", of: toUserAgent },
  { key: "lastLogonTime", title: "Last logon time", of: ({ lastSignInAt }) => lastSignInAt },
  { key: "lastLogoffTime", title: "Last logoff time", of: () => null },
  { key: "lastActivity", title: "Last activity", of: ({ lastSeenAt }) => lastSeenAt },
  { key: "serialNumber", of: ({ serialNumber }) => serialNumber },
  { key: "deviceType", of: ({ hardware }) => hardware.deviceType },
  { key: "revision", of: ({ hardware }) => hardware.revision },
  { key: "locale", of: ({ hardware }) => hardware.locale },
  { key: "version", of: ({ version }) => version },
  { key: "state", of: ({ state }) => state },
  { key: "progress", of: ({ progress }) => progress },
  { key: "updateType", of: (device) => mainUpdate(device)?.updateType ?? null },
  { key: "updateVersion", of: (device) => mainUpdate(device)?.version ?? null },
  { key: "offeredAt", of: (device) => mainUpdate(device)?.offeredAt ?? null },
  { key: "downloadedAt", of: (device) => mainUpdate(device)?.downloadedAt ?? null },
  { key: "runningAt", of: (device) => mainUpdate(device)?.runningAt ?? null },
  { key: "conflict", of: ({ conflict }) => conflict },
  { key: "isTestDevice", of: ({ isTestDevice }) => isTestDevice },
  { key: "pool", of: ({ poolFqdn }) => poolFqdn },
  { key: "site", of: ({ siteName }) => siteName },
  { key: "address", of: ({ address }) => address },
  { key: "side", of: ({ side }) => side },
  {
    key: "formerSerialNumbers",
    of: ({ serialChanges }) => serialChanges.map(({ serialNumber }) => serialNumber),
  },
  { key: "id", of: ({ id }) => id },
];

/** As in the report: `CPE/4.0.7577.4387`, one for each module. */
function toUserAgent({ installed }: ExportedDevice): string {
  return installed
    .filter(({ version }) => version !== "")
    .map(({ updateType, version }) => `${updateType}/${version}`)
    .join(" ");
}

/** Of several current updates, the one that the progress is about. */
function mainUpdate({ updates, progress }: DeviceSummary): DeviceUpdate | null {
  return updates.find(({ state }) => state === progress) ?? null;
}
