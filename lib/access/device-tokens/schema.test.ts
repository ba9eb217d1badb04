import { expect, test } from "vitest";
import { createDeviceTokenInput } from "#access/device-tokens/schema";

test("accepts a MAC address in every notation, or null", () => {
  for (const macAddress of ["00-04-f2-00-01-76", "00:04:F2:00:01:76", "0004F2000176"]) {
    const input = createDeviceTokenInput.parse({ name: "lobby", macAddress, keepDays: 90 });
    expect(input.macAddress).toBe("0004F2000176");
  }
  expect(createDeviceTokenInput.parse({ name: "a", macAddress: null, keepDays: null })).toEqual({
    name: "a",
    macAddress: null,
    keepDays: null,
  });
});

test.each([
  { name: "", macAddress: null, keepDays: 90 },
  { name: "lobby", macAddress: "", keepDays: 90 },
  { name: "lobby", macAddress: "00-04-F2-00-01", keepDays: 90 },
  { name: "lobby", macAddress: null, keepDays: 0 },
  { name: "lobby", macAddress: null },
  { name: "lobby", macAddress: null, keepDays: 90, mac: "x" },
])("refuses %j", (input) => {
  expect(createDeviceTokenInput.safeParse(input).success).toBe(false);
});
