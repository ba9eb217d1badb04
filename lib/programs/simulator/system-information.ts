import { formatMacAddress } from "#foundation/core/mac-address";
import type { PhoneIdentity, PhoneState } from "#programs/simulator/model";
import { versionsOf } from "#programs/simulator/phone";

/** The text that the phone shows under Menu > System Information. */
export function systemInformation(state: PhoneState, identity: PhoneIdentity): string {
  const { hardware, macAddress, serialNumber } = identity;
  const lines: readonly (readonly [string, string])[] = [
    ["Model", `${hardware.brand} ${hardware.model} ${hardware.revision}`.trim()],
    ["MAC address", macAddress === null ? "none" : formatMacAddress(macAddress)],
    ["Serial number", serialNumber ?? "none"],
    ["Current version", versionsOf(state.active)],
    ["Other partition", state.inactive === null ? "empty" : versionsOf(state.inactive)],
    ["Last update", lastUpdateOf(state)],
    ["Last check", state.lastCheckAt?.toISOString() ?? "never"],
  ];
  const width = Math.max(...lines.map(([label]) => label.length));
  return lines.map(([label, value]) => `${label.padEnd(width)}  ${value}`).join("\n");
}

function lastUpdateOf({ lastUpdate }: PhoneState): string {
  return lastUpdate === null
    ? "never"
    : `${lastUpdate.at.toISOString()}, from ${lastUpdate.fromVersion} to ${lastUpdate.toVersion}`;
}
