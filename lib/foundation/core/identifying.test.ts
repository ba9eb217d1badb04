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
])("the serial number “%s” identifies no phone", (text) => {
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
])("the serial number %s identifies a phone", (text) => {
  expect(readSerialNumber(` ${text} `)).toBe(text);
});

test("no placeholder has a digit from 1 to 9, on which the quick test relies", () => {
  for (const placeholder of PLACEHOLDER_SERIAL_NUMBERS) {
    expect(placeholder).toMatch(/^[a-z]+$/);
    expect(isIdentifyingSerialNumber(placeholder)).toBe(false);
  }
});
