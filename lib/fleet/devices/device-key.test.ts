import { expect, test } from "vitest";
import { deviceKey } from "#fleet/devices/device-key";

test.each([
  ["its MAC address, whatever else it tells", "0004F2000176", "07823-A345", "mac:0004f2000176"],
  ["brand and serial number, in any case", null, "07823-A345", "serial:polycom/07823-a345"],
  ["nothing where it tells neither", null, null, null],
])("a phone is kept under %s", (...[, macAddress, serialNumber, expected]) => {
  expect(deviceKey({ macAddress, serialNumber, brand: "POLYCOM" })).toBe(expected);
});
