import { expect, test } from "vitest";
import {
  isIdentifyingSerialNumber,
  PLACEHOLDER_SERIAL_NUMBERS,
  readSerialNumber,
} from "#foundation/core/identifying";

test.each([
  "",
  "   ",
  "0",
  "000000000000",
  "00-00-00",
  "N/A",
  "n.a.",
  "unknown",
  "None",
  "NULL",
  "default",
  "Default string",
  "To Be Filled By O.E.M.",
  "FFFFFFFF",
  "1111",
  "-1111",
  "xxxxxxxx",
  "----",
  "?",
])("returns null for the serial number “%s”", (text) => {
  expect(readSerialNumber(text)).toBeNull();
});

test.each([
  "A",
  "1",
  "11",
  "07823-A345",
  "0000000001",
  "S1",
  "64167F0A1B2C",
  "nadine",
  "1111-2222",
])("accepts the serial number %s", (text) => {
  expect(readSerialNumber(` ${text} `)).toBe(text);
});

test("has no digit from 1 to 9 in any placeholder, which the quick test relies on", () => {
  for (const placeholder of PLACEHOLDER_SERIAL_NUMBERS) {
    expect(placeholder).toMatch(/^[a-z]+$/);
    expect(isIdentifyingSerialNumber(placeholder)).toBe(false);
  }
});
