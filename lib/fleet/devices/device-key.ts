/** What can tell one phone from another. */
export type DeviceIdentity = {
  readonly macAddress: string | null;
  readonly serialNumber: string | null;
  readonly brand: string;
};

/**
 * What a phone is kept under: its MAC address, else its serial number, which only its manufacturer keeps unique. Null
 * where a phone tells neither: it is answered, but cannot be listed.
 */
export function deviceKey(identity: DeviceIdentity): string | null {
  const { macAddress } = identity;
  return macAddress === null ? serialKey(identity) : `mac:${macAddress.toLowerCase()}`;
}

/** What a phone is kept under while it sends no MAC address. */
export function serialKey({
  serialNumber,
  brand,
}: Pick<DeviceIdentity, "serialNumber" | "brand">): string | null {
  return serialNumber === null ? null : `serial:${brand}/${serialNumber}`.toLowerCase();
}
