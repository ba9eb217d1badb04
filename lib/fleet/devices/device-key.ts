/** The values that identify a phone. */
export type DeviceIdentity = {
  readonly macAddress: string | null;
  readonly serialNumber: string | null;
  readonly brand: string;
};

/**
 * The key of a phone's row: its MAC address, else brand and serial number, because serial numbers are unique only per
 * manufacturer. Null if the phone sends neither: it is answered, but cannot be listed.
 */
export function deviceKey(identity: DeviceIdentity): string | null {
  const { macAddress } = identity;
  return macAddress === null ? serialKey(identity) : `mac:${macAddress.toLowerCase()}`;
}

/** The key of a phone that sends no MAC address. */
export function serialKey({
  serialNumber,
  brand,
}: Pick<DeviceIdentity, "serialNumber" | "brand">): string | null {
  return serialNumber === null ? null : `serial:${brand}/${serialNumber}`.toLowerCase();
}
