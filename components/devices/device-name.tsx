import { phoneName } from "#fleet/devices/audit-facts";
import type { DeviceSummary } from "#fleet/devices/model";

/** The display name of a phone: "CX600 00-04-F2-00-01-76". */
export function toDeviceName({
  hardware,
  macAddress,
  serialNumber,
}: Pick<DeviceSummary, "hardware" | "macAddress" | "serialNumber">): string {
  return phoneName({ model: hardware.model, macAddress, serialNumber });
}
