import { expect, test } from "vitest";
import { createTestDeviceInput } from "#lib/test-devices/schema";

function problems(identifierType: string, identifier: string) {
  const result = createTestDeviceInput.safeParse({
    siteName: null,
    name: "lab",
    identifierType,
    identifier,
  });
  return result.error?.issues.map((issue) => issue.path.join(".")) ?? [];
}

test.each([
  ["MACAddress", "010203040506"],
  ["MACAddress", "01-02-03-04-05-06"],
  ["MACAddress", "01:02:03:04:05:06"],
  ["MACAddress", "01:02:03:04:05:06:07"],
  ["SerialNumber", "07823-A345_b"],
])("takes the %s %s", (type, identifier) => {
  expect(problems(type, identifier)).toEqual([]);
});

test.each([
  ["MACAddress", "01-02-03-04-05"],
  ["MACAddress", "07823-A345"],
  ["SerialNumber", "07823 A345"],
  ["SerialNumber", "07823/A345"],
])("refuses the %s %s and names the field", (type, identifier) => {
  expect(problems(type, identifier)).toEqual(["identifier"]);
});

test("refuses a field nobody knows, so that a misspelt one is noticed", () => {
  const result = createTestDeviceInput.safeParse({
    siteName: null,
    name: "lab",
    identifierType: "MACAddress",
    identifier: "010203040506",
    site: "Lyon",
  });
  expect(result.success).toBe(false);
});
