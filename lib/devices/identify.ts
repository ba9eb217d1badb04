import type { KnownPhone } from "#lib/devices/model";

/** A mark by which somebody names a phone. */
export type PhoneMark = {
  readonly identifierType: "MACAddress" | "SerialNumber";
  /** A MAC address as upper-case hex digits, a serial number as it stands. */
  readonly identifier: string;
};

/** The phone that carries a mark; the first where two manufacturers gave out the same serial number. */
export function findMarked<Phone extends Pick<KnownPhone, "macAddress" | "serialNumber">>(
  phones: readonly Phone[],
  { identifierType, identifier }: PhoneMark,
): Phone | null {
  const found = phones.find((phone) =>
    identifierType === "MACAddress"
      ? phone.macAddress === identifier
      : phone.serialNumber === identifier,
  );
  return found ?? null;
}

/** The mark a phone is best named by; null for one that tells neither. */
export function markOf({
  macAddress,
  serialNumber,
}: Pick<KnownPhone, "macAddress" | "serialNumber">): PhoneMark | null {
  if (macAddress !== null) {
    return { identifierType: "MACAddress", identifier: macAddress };
  }
  return serialNumber === null
    ? null
    : { identifierType: "SerialNumber", identifier: serialNumber };
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
