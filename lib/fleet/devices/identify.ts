import { isIdentifyingMacAddress, isIdentifyingSerialNumber } from "#foundation/core/identifying";
import type { KnownPhone } from "#fleet/devices/model";

export const MARK_TYPES = ["MACAddress", "SerialNumber"] as const;

/** An identifier of a phone, as an administrator enters it. */
export type DeviceIdentifier = {
  readonly identifierType: (typeof MARK_TYPES)[number];
  /** A MAC address as upper-case hex digits; a serial number as it was typed. */
  readonly identifier: string;
};

/** Whether a mark can identify one phone. Test devices that an earlier version stored may have other marks. */
export function isIdentifying({ identifierType, identifier }: DeviceIdentifier): boolean {
  return identifierType === "MACAddress"
    ? isIdentifyingMacAddress(identifier)
    : isIdentifyingSerialNumber(identifier);
}

type MarkedPhone = Pick<KnownPhone, "macAddress" | "serialNumber" | "updatedSerialNumbers">;

/**
 * Finds the phone with a mark; the first one if two manufacturers use the same serial number. Serial numbers are
 * compared without regard to case. A phone whose update changed its serial number is also found by the previous one.
 */
export function findByIdentifier<Phone extends MarkedPhone>(
  phones: readonly Phone[],
  mark: DeviceIdentifier,
): Phone | null {
  if (!isIdentifying(mark)) {
    return null;
  }
  const { identifierType, identifier } = mark;
  if (identifierType === "MACAddress") {
    return phones.find(({ macAddress }) => macAddress === identifier) ?? null;
  }
  const serialNumber = identifier.toLowerCase();
  return (
    phones.find((phone) => phone.serialNumber?.toLowerCase() === serialNumber) ??
    phones.find(({ updatedSerialNumbers = [] }) =>
      updatedSerialNumbers.some((former) => former.toLowerCase() === serialNumber),
    ) ??
    null
  );
}

/** The preferred mark of a phone; null if no mark identifies it. */
export function preferredIdentifier(phone: MarkedPhone): DeviceIdentifier | null {
  return identifiersOf(phone)[0] ?? null;
}

/** All marks by which a phone may be registered, in order of preference. */
export function identifiersOf({
  macAddress,
  serialNumber,
  updatedSerialNumbers = [],
}: MarkedPhone): readonly DeviceIdentifier[] {
  const serialNumbers = serialNumber === null ? [] : [serialNumber, ...updatedSerialNumbers];
  const marks: readonly DeviceIdentifier[] = [
    ...(macAddress === null
      ? []
      : [{ identifierType: "MACAddress" as const, identifier: macAddress }]),
    ...serialNumbers.map((identifier) => ({
      identifierType: "SerialNumber" as const,
      identifier,
    })),
  ];
  return marks.filter(isIdentifying);
}

/** Groups marks by type for a lookup. */
export function groupIdentifiers(marks: readonly DeviceIdentifier[]): {
  readonly macAddresses: readonly string[];
  readonly serialNumbers: readonly string[];
} {
  const ofType = (type: DeviceIdentifier["identifierType"]) =>
    marks.filter((mark) => mark.identifierType === type).map(({ identifier }) => identifier);
  return { macAddresses: ofType("MACAddress"), serialNumbers: ofType("SerialNumber") };
}
