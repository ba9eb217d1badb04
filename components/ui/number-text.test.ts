import { expect, test } from "vitest";
import { toFieldNumber, toFieldText } from "#components/ui/number-text";

test.each(["", "0", "5", "100", "-1", "2.5"])("%j stays in the field as it was typed", (text) => {
  expect(toFieldText(toFieldNumber(text))).toBe(text);
});

test("an empty field has no number, not zero", () => {
  expect(toFieldNumber("")).toBeNaN();
  expect(toFieldNumber(" ")).toBeNaN();
  expect(toFieldNumber("0")).toBe(0);
});
