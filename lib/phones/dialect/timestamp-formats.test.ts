import { expect, test } from "vitest";
import { formatTimestamp } from "#phones/dialect/timestamp-formats";

test.each([
  ["2013-04-10T00:00:00Z", "4/10/2013 12:00:00 AM"],
  ["2013-04-10T11:59:59Z", "4/10/2013 11:59:59 AM"],
  ["2013-04-10T12:00:00Z", "4/10/2013 12:00:00 PM"],
  ["2013-12-31T23:05:09Z", "12/31/2013 11:05:09 PM"],
])("formats %s as %s on a 12-hour clock", (at, text) => {
  expect(formatTimestamp(new Date(at), "us_date_time")).toBe(text);
});

test("formats times before 1970 with the same epochs", () => {
  const at = new Date("1969-12-31T23:59:59.500Z");

  expect(formatTimestamp(at, "unix_seconds")).toBe("-1");
  expect(formatTimestamp(at, "file_time")).toBe("116444735995000000");
  expect(formatTimestamp(new Date("1601-01-01T00:00:00Z"), "file_time")).toBe("0");
});
