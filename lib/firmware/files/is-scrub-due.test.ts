import { expect, test } from "vitest";
import { isScrubDue } from "#firmware/files/is-scrub-due";

const NOW = new Date("2026-11-28T12:00:00Z");
const DAY_MS = 24 * 60 * 60 * 1000;

function daysAgo(days: number): Date {
  return new Date(NOW.getTime() - days * DAY_MS);
}

test.each([
  ["content that was never read", "0".repeat(64), null, true],
  ["content that was read just now", "0".repeat(64), NOW, false],
  ["the first digest before half of the days", "0".repeat(64), daysAgo(3.4), false],
  ["the first digest after half of the days", "0".repeat(64), daysAgo(3.5), true],
  ["the last digest before all of the days", "f".repeat(64), daysAgo(6.9), false],
  ["every digest after all of the days", "f".repeat(64), daysAgo(7), true],
])("%s", (...[, sha256, verifiedAt, expected]) => {
  expect(isScrubDue({ sha256, verifiedAt }, NOW, 7)).toBe(expected);
});

test("makes files that were imported together due on different days", () => {
  const digests = Array.from({ length: 16 }, (_, digit) => digit.toString(16).repeat(64));
  const due = (days: number): number =>
    digests.filter((sha256) => isScrubDue({ sha256, verifiedAt: daysAgo(days) }, NOW, 7)).length;

  expect([due(4), due(5), due(6), due(7)]).toEqual([3, 7, 11, 16]);
});
