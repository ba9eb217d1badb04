import { expect, test } from "vitest";
import { isNestedDeeper } from "#foundation/core/json";

test.each([
  ["1", 0, false],
  ["{}", 0, true],
  ["{}", 1, false],
  ['{"a":[{}]}', 2, true],
  ['{"a":[{}]}', 3, false],
  ['{"a":"[[[["}', 1, false],
  ['{"a":"\\"[[[["}', 1, false],
  ["[],[],[],[]", 1, false],
  ["[".repeat(50_000), 64, true],
  ['"' + "[".repeat(50_000), 64, false],
])("returns whether %s is nested deeper than %i levels: %s", (text, levels, expected) => {
  expect(isNestedDeeper(text, levels)).toBe(expected);
});
