import { expect, test } from "vitest";
import type { Attempts } from "#access/accounts/attempts";
import { FORGET_AFTER_MS, afterFailure, waitMs } from "#access/accounts/attempts";

function failuresInARow(count: number): Attempts | undefined {
  let attempts: Attempts | undefined;
  for (let failure = 0; failure < count; failure += 1) {
    attempts = afterFailure(attempts, 0);
  }
  return attempts;
}

test.each([
  [0, 0],
  [4, 0],
  [5, 2_000],
  [6, 4_000],
  [8, 16_000],
  [30, 60_000],
])("makes the next attempt after %i failures in a row wait %i ms", (failures, expected) => {
  expect(waitMs(failuresInARow(failures), 5, 0)).toBe(expected);
});

test("shortens the wait as time passes", () => {
  expect(waitMs(failuresInARow(5), 5, 1_500)).toBe(500);
  expect(waitMs(failuresInARow(5), 5, 9_000)).toBe(0);
});

test("starts the count at one after 15 minutes without a failure", () => {
  expect(afterFailure(failuresInARow(9), FORGET_AFTER_MS + 1)).toEqual({
    failures: 1,
    lastFailureAtMs: FORGET_AFTER_MS + 1,
  });
});
