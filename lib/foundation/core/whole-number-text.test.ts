import { expect, test } from "vitest";
import { wholeNumberText } from "#foundation/core/whole-number-text";

test.each([
  ["100", 100],
  [" 7 ", 7],
  ["-1", -1],
  ["007", 7],
])("reads %j", (text, number) => {
  expect(wholeNumberText.parse(text)).toBe(number);
});

test.each(["", " ", "1.5", "1e3", "0x10", "ten", "1,000", "9".repeat(16), "Infinity"])(
  "refuses %j",
  (text) => {
    expect(wholeNumberText.safeParse(text).success).toBe(false);
  },
);
