import { expect, test } from "vitest";
import { CLEARED, decideCondition } from "#foundation/notices/decide-condition";
import type { ConditionState, Measurement } from "#foundation/notices/decide-condition";

const DELAYS = { raiseAfterMs: 60_000, clearAfterMs: 120_000 };

/** One measurement each 30 seconds; returns the changes with their second. */
function changesOf(measurements: readonly Measurement[]): readonly string[] {
  let state: ConditionState = CLEARED;
  return measurements.flatMap((measurement, index) => {
    const now = new Date(index * 30_000);
    const { after, change } = decideCondition(state, { measurement, now }, DELAYS);
    state = after;
    return change === null ? [] : [`${change} at ${index * 30}`];
  });
}

test.each([
  ["raises after the delay", ["bad", "bad", "bad", "bad"], ["raised at 60"]],
  ["does not raise for a short time", ["bad", "bad", "good", "bad", "bad", "good"], []],
  ["does not raise between the limits", ["between", "between", "between", "between"], []],
  [
    "keeps the condition between the limits and tells it once",
    ["bad", "bad", "bad", "between", "bad", "between", "between", "between", "between", "between"],
    ["raised at 60"],
  ],
  [
    "clears after its own delay",
    ["bad", "bad", "bad", "good", "good", "good", "good", "good"],
    ["raised at 60", "cleared at 210"],
  ],
  [
    "begins to count again after a bad measurement",
    ["bad", "bad", "bad", "good", "good", "bad", "good", "good", "good", "good", "good"],
    ["raised at 60", "cleared at 300"],
  ],
] as const)("%s", (_title, measurements, changes) => {
  expect(changesOf(measurements)).toEqual(changes);
});

test("knows when a condition began, not when it was raised", () => {
  const now = new Date(90_000);
  const began = new Date(30_000);
  const { after } = decideCondition(
    { ...CLEARED, contrarySince: began },
    { measurement: "bad", now },
    DELAYS,
  );

  expect(after).toEqual({ isRaised: true, raisedAt: began, contrarySince: null });
});

test("raises at once without a delay", () => {
  const { change } = decideCondition(
    CLEARED,
    { measurement: "bad", now: new Date() },
    { raiseAfterMs: 0, clearAfterMs: 0 },
  );

  expect(change).toBe("raised");
});
