import { expect, test } from "vitest";
import { toInstantText } from "#foundation/core/instant-text";

test("formats alternating instants correctly", () => {
  const one = new Date("2026-11-26T17:00:00.001Z");
  const other = new Date("2026-11-26T17:00:00.002Z");

  expect([one, other, one, one].map(toInstantText)).toEqual([
    "2026-11-26T17:00:00.001Z",
    "2026-11-26T17:00:00.002Z",
    "2026-11-26T17:00:00.001Z",
    "2026-11-26T17:00:00.001Z",
  ]);
});

test("throws for an invalid date", () => {
  expect(() => toInstantText(new Date(Number.NaN))).toThrow(RangeError);
});
