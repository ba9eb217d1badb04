import { expect, test } from "vitest";
import {
  formatMacAddress,
  isMacAddress,
  normaliseMacAddress,
  readMacAddress,
} from "#foundation/core/mac-address";

test.each([
  ["010203040506", "010203040506"],
  ["01-02-03-04-05-06", "010203040506"],
  ["01:02:03:04:05:06", "010203040506"],
  [" 00-04-f2-00-01-76 ", "0004F2000176"],
  ["01:02:03:04:05:06:07:08", "0102030405060708"],
])("normalises %s to %s", (text, digits) => {
  expect(normaliseMacAddress(text)).toBe(digits);
});

test.each([
  ["five pairs", "01-02-03-04-05"],
  ["mixed separators", "01-02:03-04-05-06"],
  ["letters beyond F", "0G0203040506"],
  ["half a pair", "01-02-03-04-05-6"],
  ["an empty text", ""],
  ["more digits than any address has", "01".repeat(17)],
])("refuses %s", (_, text) => {
  expect(normaliseMacAddress(text)).toBeNull();
});

test("prints pairs with hyphens", () => {
  expect(formatMacAddress("0004F2000176")).toBe("00-04-F2-00-01-76");
});

test.each([
  "0004f2000176",
  "00-04-F2-00-01-76",
  "00:04:f2:00:01:76",
  "0004.f200.0176",
  "00 04 F2 00 01 76",
])("reads the notation %s of a phone", (text) => {
  expect(readMacAddress(text)).toBe("0004F2000176");
});

test.each(["", "unknown", "0004F20001", "0004F200017", "0004_F200_0176"])(
  "returns null for “%s”",
  (text) => {
    expect(readMacAddress(text)).toBeNull();
  },
);

test.each([
  ["all zeros", "00-00-00-00-00-00"],
  ["all zeros with eight octets", "0000000000000000"],
  ["broadcast", "FF:FF:FF:FF:FF:FF"],
  ["multicast", "01-00-5E-00-00-01"],
  ["locally administered group", "0300.0000.0001"],
])("returns null for an address that is %s", (_, text) => {
  expect(readMacAddress(text)).toBeNull();
  expect(isMacAddress(text)).toBe(true);
});

test("reads a locally administered address of one phone", () => {
  expect(readMacAddress("02-00-00-00-00-01")).toBe("020000000001");
});
