import { expect, test } from "vitest";
import { nameText } from "#foundation/core/name-text";

const name = nameText(8);

function problems(text: string): readonly string[] {
  return name.safeParse(text).error?.issues.map(({ message }) => message) ?? [];
}

test.each([
  "\u200b",
  "\u200e\u200f",
  "\u2066\u2069",
  "\u00ad\ufeff\u2060",
  "\u3164",
  "\u2800",
  "\ufe0f",
  "\u0007",
])("refuses %j, which looks empty", (text) => {
  expect(problems(text)).toEqual(["Must have a visible character."]);
});

test.each(["Lyon", "\u200fحيفا\u200f", "می\u200cخواهم", "東京", "🏢", "-"])(
  "accepts %j as it is",
  (text) => {
    expect(name.parse(text)).toBe(text);
  },
);

test("trims, and names what else is wrong", () => {
  expect(name.parse("  Lyon ")).toBe("Lyon");
  expect(problems("  ")).toEqual(["Must not be empty."]);
  expect(problems("Marseille")).toEqual(["At most 8 characters."]);
});
