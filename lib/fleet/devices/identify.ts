import { isIdentifyingMacAddress, isIdentifyingSerialNumber } from "#foundation/core/identifying";
import type { KnownPhone } from "#fleet/devices/model";

export const MARK_TYPES = ["MACAddress", "SerialNumber"] as const;

/** A mark by which somebody names a phone. */
export type PhoneMark = {
  readonly identifierType: (typeof MARK_TYPES)[number];
  /** A MAC address as upper-case hex digits, a serial number as it was typed. */
  readonly identifier: string;
};

/** Whether a mark can be that of one phone. A test device that an earlier version stored may have another one. */
export function isIdentifyingMark({ identifierType, identifier }: PhoneMark): boolean {
  return identifierType === "MACAddress"
    ? isIdentifyingMacAddress(identifier)
    : isIdentifyingSerialNumber(identifier);
}

type MarkedPhone = Pick<KnownPhone, "macAddress" | "serialNumber" | "updatedSerialNumbers">;

/**
 * The phone that carries a mark; the first where two manufacturers gave out the same serial number. Serial numbers
 * compare without case. A phone that reports a new serial number since an update is found by the one before as well.
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

/** The mark a phone is best named by; null for one without a mark that identifies it. */
export function markOf(phone: MarkedPhone): PhoneMark | null {
  return marksOf(phone)[0] ?? null;
}

/** Every mark by which a phone may be registered, the best first. */
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

/** All marks of a list, as they are looked up. */
export function splitMarks(marks: readonly PhoneMark[]): {
  readonly macAddresses: readonly string[];
  readonly serialNumbers: readonly string[];
} {
  const ofType = (type: PhoneMark["identifierType"]) =>
    marks.filter((mark) => mark.identifierType === type).map(({ identifier }) => identifier);
  return { macAddresses: ofType("MACAddress"), serialNumbers: ofType("SerialNumber") };
}
