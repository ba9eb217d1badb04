import { isIdentifyingMacAddress, isIdentifyingSerialNumber } from "#foundation/core/identifying";
import type { KnownPhone } from "#fleet/devices/model";

export const MARK_TYPES = ["MACAddress", "SerialNumber"] as const;

/** An identifier of a phone, as an administrator enters it. */
export type PhoneMark = {
  readonly identifierType: (typeof MARK_TYPES)[number];
  /** A MAC address as upper-case hex digits; a serial number as it was typed. */
  readonly identifier: string;
};

/** Whether a mark can identify one phone. Test devices that an earlier version stored may have other marks. */
export function isIdentifyingMark({ identifierType, identifier }: PhoneMark): boolean {
  return identifierType === "MACAddress"
    ? isIdentifyingMacAddress(identifier)
    : isIdentifyingSerialNumber(identifier);
}

type MarkedPhone = Pick<KnownPhone, "macAddress" | "serialNumber" | "updatedSerialNumbers">;

/**
 * Finds the phone with a mark; the first one if two manufacturers use the same serial number. Serial numbers are
 * compared without regard to case. A phone whose update changed its serial number is also found by the previous one.
 */
export function findMarked<Phone extends MarkedPhone>(
  phones: readonly Phone[],
  mark: PhoneMark,
): Phone | null {
  if (!isIdentifyingMark(mark)) {
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
export function markOf(phone: MarkedPhone): PhoneMark | null {
  return marksOf(phone)[0] ?? null;
}

/** All marks by which a phone may be registered, in order of preference. */
export function marksOf({
  macAddress,
  serialNumber,
  updatedSerialNumbers = [],
}: MarkedPhone): readonly PhoneMark[] {
  const serialNumbers = serialNumber === null ? [] : [serialNumber, ...updatedSerialNumbers];
  const marks: readonly PhoneMark[] = [
    ...(macAddress === null
      ? []
      : [{ identifierType: "MACAddress" as const, identifier: macAddress }]),
    ...serialNumbers.map((identifier) => ({
      identifierType: "SerialNumber" as const,
      identifier,
    })),
  ];
  return marks.filter(isIdentifyingMark);
}

/** Groups marks by type for a lookup. */
export function splitMarks(marks: readonly PhoneMark[]): {
  readonly macAddresses: readonly string[];
  readonly serialNumbers: readonly string[];
} {
  const ofType = (type: PhoneMark["identifierType"]) =>
    marks.filter((mark) => mark.identifierType === type).map(({ identifier }) => identifier);
  return { macAddresses: ofType("MACAddress"), serialNumbers: ofType("SerialNumber") };
}
