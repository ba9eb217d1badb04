import { expect, test } from "vitest";
import { createTestDeviceInput } from "#fleet/test-devices/schema";

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
  ["MACAddress", "0004F2000176"],
  ["MACAddress", "00-04-F2-00-01-76"],
  ["MACAddress", "02:02:03:04:05:06"],
  ["MACAddress", "02:02:03:04:05:06:07"],
  ["SerialNumber", "07823-A345_b"],
])("accepts the %s %s", (type, identifier) => {
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

test.each([
  ["MACAddress", "00-00-00-00-00-00", "identifies no phone"],
  ["MACAddress", "ff:ff:ff:ff:ff:ff", "identifies no phone"],
  ["MACAddress", "01-00-5E-00-00-01", "identifies no phone"],
  ["SerialNumber", "000000000000", "identifies no phone"],
  ["SerialNumber", "unknown", "identifies no phone"],
  ["SerialNumber", "To be filled by O.E.M.", "Letters, digits"],
])("refuses the %s %s with a reason", (identifierType, identifier, sentence) => {
  const input = { siteName: null, name: "lab", identifierType, identifier };
  const result = createTestDeviceInput.safeParse(input);
  expect(result.error?.issues.map(({ message }) => message).join()).toContain(sentence);
});

test("refuses an unknown field, so that a misspelt field is noticed", () => {
  const result = createTestDeviceInput.safeParse({
    siteName: null,
    name: "lab",
    identifierType: "MACAddress",
    identifier: "0004F2000176",
    site: "Lyon",
  });
  expect(result.success).toBe(false);
});
