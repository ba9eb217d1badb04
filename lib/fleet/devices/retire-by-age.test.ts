import { expect, test } from "vitest";
import { isTooManyByAge } from "#fleet/devices/retire-by-age";

const NOW = new Date("2026-11-28T12:00:00Z");

test.each([
  ["100 of 200 phones", { phones: 100, total: 200, at: "2026-01-01" }, false],
  ["101 of 200 phones", { phones: 101, total: 200, at: "2026-01-01" }, true],
  ["a tenth of the fleet", { phones: 10_000, total: 100_000, at: "2026-01-01" }, false],
  ["more than a tenth", { phones: 10_001, total: 100_000, at: "2026-01-01" }, true],
  ["half of the fleet, just confirmed", { phones: 500, total: 1_000, at: "2026-11-28" }, false],
] as const)(
  "the service does not retire %s by itself if that is suspicious",
  (_, { at, ...count }, is) => {
    expect(isTooManyByAge(count, { changedAt: new Date(at), now: NOW })).toBe(is);
  },
);
