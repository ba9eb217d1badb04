import { expect, test } from "vitest";
import { nowBeside } from "#components/ui/now-beside";

const NOW_MS = Date.UTC(2026, 10, 29);
const HOUR_MS = 60 * 60 * 1000;

test("a date that has just passed by another clock is now", () => {
  expect(nowBeside(NOW_MS + 30_000, NOW_MS)).toBe(NOW_MS + 30_000);
});

test.each([-HOUR_MS, 0, HOUR_MS])("a date %i ms from now is shown from now", (aheadMs) => {
  expect(nowBeside(NOW_MS + aheadMs, NOW_MS)).toBe(NOW_MS);
});
