import { expect, test } from "vitest";
import { dueAt } from "#access/notifications/due-at";
import { nextAttemptAt } from "#access/notifications/retry";

const NOW = new Date("2026-11-28T18:13:15Z");

test.each([
  ["at_once", "UTC", "2026-11-28T18:13:15.000Z"],
  ["hourly", "UTC", "2026-11-28T19:00:00.000Z"],
  ["daily", "UTC", "2026-11-29T07:00:00.000Z"],
  ["daily", "Europe/Paris", "2026-11-29T06:00:00.000Z"],
  ["daily", "America/Los_Angeles", "2026-11-29T15:00:00.000Z"],
  ["daily", "Pacific/Auckland", "2026-11-29T18:00:00.000Z"],
  // Half an hour beside UTC: seven thirty.
  ["daily", "Asia/Kolkata", "2026-11-29T02:00:00.000Z"],
] as const)("tells %s in %s at %s", (frequency, timeZone, expected) => {
  expect(dueAt(frequency, NOW, timeZone)?.toISOString()).toBe(expected);
});

test("never is never", () => {
  expect(dueAt("never", NOW, "UTC")).toBeNull();
});

test("waits longer after every failed attempt, and gives up after more than a day", () => {
  const pauses: number[] = [];
  for (let attempts = 1; ; attempts += 1) {
    const next = nextAttemptAt(attempts, NOW);
    if (next === null) {
      break;
    }
    pauses.push(next.getTime() - NOW.getTime());
  }
  expect(pauses).toEqual(pauses.toSorted((left, right) => left - right));
  expect(pauses.reduce((sum, pause) => sum + pause, 0)).toBeGreaterThan(24 * 3_600_000);
});
