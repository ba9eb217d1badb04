import { expect, test } from "vitest";
import { judgeExpiry } from "#foundation/platform/tls/expiry";

const NOW = new Date("2027-01-01T00:00:00Z");

function inDays(days: number): Date {
  return new Date(NOW.getTime() + days * 24 * 60 * 60 * 1000);
}

test.each([
  ["a year's, in time", -300, 65, "valid"],
  ["a year's, in its last month", -336, 29, "expires_soon"],
  ["ninety days', just after it could have been renewed", -61, 29, "valid"],
  ["ninety days', which nothing renews", -70, 20, "expires_soon"],
  ["six days', when it is renewed", -4, 2, "valid"],
  ["six days', which nothing renews", -5, 1, "expires_soon"],
  ["one that is over", -365, -1, "expired"],
  ["one that has not begun", 1, 365, "not_yet_valid"],
] as const)("%s", (...[, fromDays, toDays, judgement]) => {
  const validity = { validFrom: inDays(fromDays), validTo: inDays(toDays) };

  expect(judgeExpiry(validity, NOW)).toBe(judgement);
});
