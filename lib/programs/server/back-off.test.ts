import { expect, test } from "vitest";
import { nextDelayMs } from "#programs/server/back-off";

test.each([
  ["at once after a first crash", null, 5, 100],
  ["later after the next one", 100, 5, 200],
  ["after ten seconds at most", 10_000, 5, 10_000],
  ["at once again after a minute without a crash", 10_000, 60_000, 100],
] as const)("starts a process again %s", (_when, lastDelayMs, livedMs, delayMs) => {
  expect(nextDelayMs(lastDelayMs, livedMs)).toBe(delayMs);
});
