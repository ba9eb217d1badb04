import { expect, test } from "vitest";
import { joinTexts } from "#foundation/i18n/join-texts";

test.each([
  ["en", "A, B, C"],
  ["de", "A, B, C"],
  ["ja", "A、B、C"],
  ["ar", "\u2068A\u2069، \u2068B\u2069، \u2068C\u2069"],
] as const)("joins texts in %s", (locale, expected) => {
  expect(joinTexts(locale, ["A", "B", "C"])).toBe(expected);
});

test("joins nothing to nothing", () => {
  expect(joinTexts("ar", [])).toBe("");
});
