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
export function deviceKey({ macAddress, serialNumber, brand }: DeviceIdentity): string | null {
  if (macAddress !== null) {
    return `mac:${macAddress.toLowerCase()}`;
  }
  return serialNumber === null ? null : `serial:${brand}/${serialNumber}`.toLowerCase();
}
