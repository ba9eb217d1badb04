import { expect, test } from "vitest";
import { AppError } from "#foundation/core/errors";
import { parseInput } from "#foundation/core/parse-input";
import {
  hasTrigram,
  isSearchable,
  searchText,
  searchWords,
  toMacDigits,
} from "#foundation/core/search-text";

test("trims white space", () => {
  expect(searchText.parse("  CX600 \t")).toBe("CX600");
  expect(searchText.parse(undefined)).toBe("");
});

test.each([
  ["U+0000", "CX\u0000600"],
  ["an unpaired surrogate", "CX\uD83D"],
  ["more characters than allowed", "x".repeat(501)],
])("refuses %s", (_what, text) => {
  expect(() => parseInput(searchText, text)).toThrow(AppError);
  expect(isSearchable(text)).toBe(false);
});

test("limits the number of different words", () => {
  const words = Array.from({ length: 21 }, (_, index) => `w${index}`);
  expect(searchWords.safeParse(words.join(" ")).success).toBe(false);
  expect(searchWords.safeParse(words.slice(1).join(" ")).success).toBe(true);
  expect(searchWords.safeParse("a ".repeat(100)).success).toBe(true);
});

test.each([
  ["00-04-f2", "0004f2"],
  ["0004.F200", "0004F200"],
  ["adamb", null],
  // Without a digit it would match every address.
  ["-", null],
  ["", null],
])("reads %j as the digits %j of a MAC address", (text, digits) => {
  expect(toMacDigits(text)).toBe(digits);
});

test.each([
  ["77", false],
  ["7.7-7", false],
  ["00-04-f2", false],
  ["a_b 123", true],
  ["zoé", true],
] as const)("an index of trigrams finds %s: %s", (text, isFound) => {
  expect(hasTrigram(text)).toBe(isFound);
});
