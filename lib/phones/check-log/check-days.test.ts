import { expect, test } from "vitest";
import { firstDayWithin } from "#phones/check-log/check-days";

const TODAY = "2026-11-28";
const DAYS = [
  { day: "2026-11-30", sizeBytes: 0 },
  { day: "2026-11-28", sizeBytes: 50 },
  { day: "2026-11-27", sizeBytes: 30 },
  { day: "2026-11-26", sizeBytes: 30 },
];

test.each([
  ["all days where they fit", 110, null],
  ["the days that fit, from the newest back", 100, "2026-11-27"],
  ["today alone", 79, "2026-11-28"],
  ["today, also where it takes more than all may", 10, "2026-11-28"],
])("keeps %s", (_, quotaBytes, firstKept) => {
  expect(firstDayWithin(DAYS, quotaBytes, TODAY)).toBe(firstKept);
});
