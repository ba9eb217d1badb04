import { expect, test } from "vitest";
import { toLocalDateTime } from "#formats/cab/local-date-time";

const date = (year: number, month: number, day: number) =>
  ((year - 1980) << 9) | (month << 5) | day;
const time = (hours: number, minutes: number, seconds: number) =>
  (hours << 11) | (minutes << 5) | (seconds >> 1);

test("reads a date and time without a time zone", () => {
  expect(toLocalDateTime(date(2013, 2, 28), time(23, 59, 58))).toBe("2013-02-28T23:59:58");
  expect(toLocalDateTime(date(2107, 12, 31), time(0, 0, 0))).toBe("2107-12-31T00:00:00");
});

test.each([
  ["no date", 0, 0],
  ["a month that does not exist", date(2013, 13, 1), 0],
  ["a day that does not exist", date(2013, 2, 29), 0],
  ["an hour that does not exist", date(2013, 2, 1), time(24, 0, 0)],
  ["a minute that does not exist", date(2013, 2, 1), time(1, 60, 0)],
  ["a second that does not exist", date(2013, 2, 1), time(1, 1, 60)],
])("gives null for %s", (_, dateWord, timeWord) => {
  expect(toLocalDateTime(dateWord, timeWord)).toBeNull();
});
