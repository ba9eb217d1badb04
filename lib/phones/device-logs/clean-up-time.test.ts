import { expect, test } from "vitest";
import { setTimeZone } from "#foundation/core/testing/time-zone";
import { isCleanUpDue, nextCleanUp } from "#phones/device-logs/clean-up-time";

test.each([
  // The clock is set back: the day has 25 hours.
  ["Europe/Berlin", "00:30", "2026-10-25T00:45:00+02:00", "2026-10-26T00:30:00+01:00"],
  ["America/New_York", "00:00", "2026-11-01T00:00:00-04:00", "2026-11-02T00:00:00-05:00"],
  ["Australia/Lord_Howe", "00:10", "2026-04-05T00:10:00+11:00", "2026-04-06T00:10:00+10:30"],
  // The clock is set forward: the day has 23 hours.
  ["Europe/Berlin", "23:30", "2026-03-28T23:45:00+01:00", "2026-03-29T23:30:00+02:00"],
  ["America/New_York", "23:30", "2026-03-07T23:30:00-05:00", "2026-03-08T23:30:00-04:00"],
  ["Australia/Lord_Howe", "23:45", "2026-10-03T23:50:00+10:30", "2026-10-04T23:45:00+11:00"],
  // An hour that is skipped is an hour later.
  ["Europe/Berlin", "02:30", "2026-03-28T12:00:00+01:00", "2026-03-29T03:30:00+02:00"],
])("in %s, a clean-up at %s runs once a day also when the clock changes", (...given) => {
  const [zone, timeOfDay, ranAt, next] = given;
  setTimeZone(zone);
  const lastRun = new Date(ranAt);

  expect(nextCleanUp(lastRun, timeOfDay)).toEqual(new Date(next));
  expect(isCleanUpDue(lastRun, new Date(Date.parse(next) - 1), timeOfDay)).toBe(false);
  expect(isCleanUpDue(lastRun, new Date(next), timeOfDay)).toBe(true);
});
