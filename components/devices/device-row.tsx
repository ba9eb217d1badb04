import type { DeviceSummary } from "#fleet/devices/model";

/** What the list shows of a phone. Other fields would travel to the browser with every row. */
export type DeviceRow = Omit<DeviceSummary, "serialChanges" | "side" | "updates">;

/** Copies the fields by name: the type alone would let the others through. */
export function toDeviceRow(device: DeviceSummary): DeviceRow {
  return {
    id: device.id,
    macAddress: device.macAddress,
    serialNumber: device.serialNumber,
    conflict: device.conflict,
    hardware: device.hardware,
    poolFqdn: device.poolFqdn,
    siteName: device.siteName,
    address: device.address,
    userName: device.userName,
    version: device.version,
    state: device.state,
    progress: device.progress,
    isTestDevice: device.isTestDevice,
    lastSeenAt: device.lastSeenAt,
  };
}
