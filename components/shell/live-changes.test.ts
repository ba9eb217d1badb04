import { expect, test } from "vitest";
import { changedSince, learnChange } from "#components/shell/live-changes";

const LOADED = new Date("2026-11-30T04:12:00.000Z");

test.each([
  ["2026-11-30T04:13:00.000Z", true],
  ["2026-11-30T04:11:59.500Z", true],
  ["2026-11-30T04:11:58.000Z", false],
])("rules that changed at %s: the page of 04:12:00 is behind: %s", (changedAt, isBehind) => {
  expect(learnChange(`rules ${changedAt}`)).toBe("rules");

  expect(changedSince("rules", LOADED)).toBe(isBehind);
});

test("a topic without a known change keeps no page behind", () => {
  expect(changedSince("captures", LOADED)).toBe(false);
});
