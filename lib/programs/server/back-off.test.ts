import { expect, test } from "vitest";
import { nextDelayMs } from "#programs/server/back-off";

test.each([
  { when: "at once after a first crash", lastDelayMs: null, livedMs: 5, delayMs: 100 },
  { when: "later after the next one", lastDelayMs: 100, livedMs: 5, delayMs: 200 },
  { when: "after ten seconds at most", lastDelayMs: 10_000, livedMs: 5, delayMs: 10_000 },
  { when: "at once again after a minute", lastDelayMs: 10_000, livedMs: 60_000, delayMs: 100 },
])("starts a process again $when", ({ lastDelayMs, livedMs, delayMs }) => {
  expect(nextDelayMs(lastDelayMs, livedMs)).toBe(delayMs);
});
