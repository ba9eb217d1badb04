import { expect, test, describe } from "vitest";
import { toInstantText, toTimeRange } from "#foundation/core/time";
import { setTimeZone } from "#foundation/core/testing/time-zone";
import { timeText } from "#foundation/core/time-text";

test("formats alternating instants correctly", () => {
  const one = new Date("2026-11-26T17:00:00.001Z");
  const other = new Date("2026-11-26T17:00:00.002Z");

  expect([one, other, one, one].map(toInstantText)).toEqual([
    "2026-11-26T17:00:00.001Z",
    "2026-11-26T17:00:00.002Z",
    "2026-11-26T17:00:00.001Z",
    "2026-11-26T17:00:00.001Z",
  ]);
});

test("throws for an invalid date", () => {
  expect(() => toInstantText(new Date(Number.NaN))).toThrow(RangeError);
});

describe.each([
  ["UTC", 0],
  ["America/Los_Angeles", 480],
  ["Asia/Kolkata", -330],
])("on a machine in %s", (zone, offsetMinutes) => {
  test.each([
    ["2026-11-22", "2026-11-22T00:00:00.000Z"],
    ["2026-11-22T08:30", "2026-11-22T08:30:00.000Z"],
    ["2026-11-22 08:30", "2026-11-22T08:30:00.000Z"],
    ["2026-11-22T08:30:15", "2026-11-22T08:30:15.000Z"],
    ["2026-11-22T08:30:15.5Z", "2026-11-22T08:30:15.500Z"],
    ["2026-11-22t08:30z", "2026-11-22T08:30:00.000Z"],
    ["2026-11-22T08:30:15.123456789Z", "2026-11-22T08:30:15.123Z"],
    ["2026-11-22T09:30:00+01:00", "2026-11-22T08:30:00.000Z"],
    ["2026-11-22T03:00-0530", "2026-11-22T08:30:00.000Z"],
    ["2028-02-29", "2028-02-29T00:00:00.000Z"],
  ])("reads %s as %s", (text, instant) => {
    setTimeZone(zone);
    expect(new Date("2026-11-22").getTimezoneOffset()).toBe(offsetMinutes);
    expect(timeText.parse(text)).toBe(text);
    expect(toTimeRange(text, "").from?.toISOString()).toBe(instant);
  });
});

test("includes the last day of a range, and excludes the last instant", () => {
  expect(toTimeRange("", "2026-11-22").before).toEqual(new Date("2026-11-23T00:00:00Z"));
  expect(toTimeRange("", "2026-11-22T00:00Z").before).toEqual(new Date("2026-11-22T00:00:00Z"));
});

test.each([
  "yesterday",
  "24h",
  "2026",
  "2026-11",
  "2026-02-30",
  "2026-13-01",
  "2026-11-22T24:00",
  "2026-11-22T08",
  "2026-11-22T08:30:60Z",
  "2026-11-22T08:30 CET",
  "2026-11-22T08:30+25:00",
  "2026-11-22junk",
  "22.11.2026",
  "1732262400",
])("refuses %j and names the accepted forms", (text) => {
  expect(timeText.safeParse(text).error?.issues[0]?.message).toContain("2026-11-22T08:30Z");
  expect(toTimeRange(text, text)).toEqual({ from: null, before: null });
});
