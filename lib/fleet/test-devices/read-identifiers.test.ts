import { expect, test } from "vitest";
import { formatIdentifier, readIdentifiers } from "#fleet/test-devices/read-identifiers";

test("reads MAC addresses in any notation and with any separator, without duplicates", () => {
  const text = "00-04-F2-00-01-76\n0004f2000176, 00:04:f2:00:01:77;";
  expect(readIdentifiers(text, "MACAddress")).toEqual({
    identifiers: ["0004F2000176", "0004F2000177"],
    unreadable: [],
  });
});

test("returns the words that are not identifiers of the type", () => {
  expect(readIdentifiers("00-04-F2 ABC-1", "MACAddress").unreadable).toEqual(["00-04-F2", "ABC-1"]);
  expect(readIdentifiers("ABC-1 x/y", "SerialNumber")).toEqual({
    identifiers: ["ABC-1"],
    unreadable: ["x/y"],
  });
});

test("formats a MAC address in pairs and leaves a serial number unchanged", () => {
  expect(formatIdentifier({ identifierType: "MACAddress", identifier: "0004F2000176" })).toBe(
    "00-04-F2-00-01-76",
  );
  expect(formatIdentifier({ identifierType: "SerialNumber", identifier: "0004F2000176" })).toBe(
    "0004F2000176",
  );
});
