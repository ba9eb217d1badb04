/**
 * The kind of a phone: the five fields by which the original stored an approved version
 * (`MSFT_SIPDeviceUpdaterRules`). Compared without regard to case, because sources write
 * `POLYCOM` and `Polycom` for the same phone.
 */
export type Hardware = {
  readonly deviceType: string;
  readonly brand: string;
  readonly model: string;
  readonly revision: string;
  readonly locale: string;
};

export const HARDWARE_FIELDS = [
  "deviceType",
  "brand",
  "model",
  "revision",
  "locale",
] as const satisfies readonly (keyof Hardware)[];

/** Copies the five fields from a value that may have more. */
export function toHardware({ deviceType, brand, model, revision, locale }: Hardware): Hardware {
  return { deviceType, brand, model, revision, locale };
}

/** The five fields in lower case, joined by `/`, which no field may contain. */
export function hardwareKey({ deviceType, brand, model, revision, locale }: Hardware): string {
  return `${deviceType}/${brand}/${model}/${revision}/${locale}`.toLowerCase();
}

/** `hardwareKey` and the update type: the unique key of a rule within its pool. */
export function imageKey(hardware: Hardware, updateType: string): string {
  return `${hardwareKey(hardware)}/${updateType.toLowerCase()}`;
}

export function isSameHardware(left: Hardware, right: Hardware): boolean {
  return hardwareKey(left) === hardwareKey(right);
}
