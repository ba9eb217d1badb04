import { expect, test } from "vitest";
import { findByIdentifier, preferredIdentifier, groupIdentifiers } from "#fleet/devices/identify";

const PHONES = [
  { id: "a", macAddress: "0004F2000176", serialNumber: null },
  { id: "b", macAddress: null, serialNumber: "ABC-1" },
];

test.each([
  ["MACAddress", "0004F2000176", "a"],
  ["SerialNumber", "ABC-1", "b"],
] as const)("finds a phone by its %s", (identifierType, identifier, id) => {
  expect(findByIdentifier(PHONES, { identifierType, identifier })?.id).toBe(id);
});

test("does not treat a serial number that looks like a MAC address as one", () => {
  const mark = { identifierType: "SerialNumber", identifier: "0004F2000176" } as const;
  expect(findByIdentifier(PHONES, mark)).toBeNull();
});

test("prefers the MAC address of a phone, then its serial number; null if it has neither", () => {
  expect(
    preferredIdentifier({ macAddress: "0004F2000176", serialNumber: "ABC-1" })?.identifier,
  ).toBe("0004F2000176");
  expect(preferredIdentifier({ macAddress: null, serialNumber: "ABC-1" })?.identifierType).toBe(
    "SerialNumber",
  );
  expect(preferredIdentifier({ macAddress: null, serialNumber: null })).toBeNull();
});

test("splits marks by their type", () => {
  const marks = [
    { identifierType: "MACAddress", identifier: "0004F2000176" },
    { identifierType: "SerialNumber", identifier: "ABC-1" },
  ] as const;
  expect(groupIdentifiers(marks)).toEqual({
    macAddresses: ["0004F2000176"],
    serialNumbers: ["ABC-1"],
  });
});
