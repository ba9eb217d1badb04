import { expect, test } from "vitest";
import type { ActionResult } from "#access/auth/action-result";
import { needsReload } from "#access/auth/action-result";

test.each([
  ["conflict", true],
  ["not_found", true],
  ["invalid_state", true],
  ["unauthenticated", false],
  ["forbidden", false],
  ["unavailable", false],
  ["defect", false],
] as const)("after the code %s, says %s about loading the page again", (code, expected) => {
  const result: ActionResult<null> = { ok: false, code, fields: [], reason: null, requestId: "" };
  expect(needsReload(result)).toBe(expected);
});

test("loads the page again after a change", () => {
  expect(needsReload({ ok: true, value: null })).toBe(true);
});
