import { expect, test } from "vitest";
import { deviceKey } from "#fleet/devices/device-key";

test.each([
  ["its MAC address, if it has one", "0004F2000176", "07823-A345", "mac:0004f2000176"],
  ["brand and serial number in lower case", null, "07823-A345", "serial:polycom/07823-a345"],
  ["null if it has neither", null, null, null],
])("the key of a phone is %s", (...[, macAddress, serialNumber, expected]) => {
  expect(deviceKey({ macAddress, serialNumber, brand: "POLYCOM" })).toBe(expected);
});
