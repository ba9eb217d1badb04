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
  ["all days if they fit", 110, null],
  ["the newest days that fit", 100, "2026-11-27"],
  ["only today", 79, "2026-11-28"],
  ["today, even if it exceeds the quota", 10, "2026-11-28"],
])("keeps %s", (_, quotaBytes, firstKept) => {
  expect(firstDayWithin(DAYS, quotaBytes, TODAY)).toBe(firstKept);
});
