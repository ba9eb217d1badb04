import { formatMacAddress } from "#foundation/core/mac-address";
import type { DeviceLogSummary } from "#phones/device-logs/model";

/** What a log's phone is known by, as far as it said. */
export function toPhoneMark({
  macAddress,
  serialNumber,
  address,
}: Pick<DeviceLogSummary, "macAddress" | "serialNumber" | "address">): string {
  return macAddress === null ? (serialNumber ?? address) : formatMacAddress(macAddress);
}
