import type { DeviceSummary } from "#fleet/devices/model";
import { toCsvLine } from "#foundation/core/csv";
import { formatMacAddress } from "#foundation/core/mac-address";

/** Lists hold no more of a phone. */
type ListedFacts = Omit<DeviceSummary, "serialChanges" | "side" | "updates">;
type CsvColumn = readonly [name: string, value: (device: ListedFacts) => string | null];

/** The columns of the list of devices. */
const COLUMNS: readonly CsvColumn[] = [
  ["Brand", ({ hardware }) => hardware.brand],
  ["Model", ({ hardware }) => hardware.model],
  ["MacAddress", ({ macAddress }) => macAddress && formatMacAddress(macAddress)],
  ["SerialNumber", ({ serialNumber }) => serialNumber],
  ["Version", ({ version }) => version],
  ["State", ({ state }) => state],
  ["Progress", ({ progress }) => progress],
  ["Conflict", ({ conflict }) => conflict],
  ["LastSeenAt", ({ lastSeenAt }) => lastSeenAt.toISOString()],
  ["Pool", ({ poolFqdn }) => poolFqdn],
  ["Site", ({ siteName }) => siteName],
  ["Address", ({ address }) => address],
  ["User", ({ userName }) => userName],
  ["IsTestDevice", ({ isTestDevice }) => String(isTestDevice)],
];

export const DEVICE_CSV_HEAD = toCsvLine(COLUMNS.map(([name]) => name));

export function toDeviceCsvLine(device: ListedFacts): string {
  return toCsvLine(COLUMNS.map(([, value]) => value(device) ?? ""));
}
