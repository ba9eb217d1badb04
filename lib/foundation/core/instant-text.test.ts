import { expect, test } from "vitest";
import { toInstantText } from "#foundation/core/instant-text";

test("writes each moment as what it is, also when they come in turn", () => {
  const one = new Date("2026-11-26T17:00:00.001Z");
  const other = new Date("2026-11-26T17:00:00.002Z");

  expect([one, other, one, one].map(toInstantText)).toEqual([
    "2026-11-26T17:00:00.001Z",
    "2026-11-26T17:00:00.002Z",
    "2026-11-26T17:00:00.001Z",
    "2026-11-26T17:00:00.001Z",
  ]);
});

test("refuses what is no moment", () => {
  expect(() => toInstantText(new Date(Number.NaN))).toThrow(RangeError);
});
