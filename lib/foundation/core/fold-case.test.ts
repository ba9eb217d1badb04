import { expect, test } from "vitest";
import { distinctIgnoringCase, foldCase, includesIgnoringCase } from "#foundation/core/fold-case";

test.each([
  ["CX600", "cx600"],
  ["Polycom VVX", "polycom vvx"],
  // Letters that a Turkish or a full Unicode mapping would change stay unchanged.
  ["İI", "İi"],
  ["ÉCRAN", "Écran"],
  ["ΣΑΣ", "ΣΑΣ"],
  ["\u212A", "\u212A"],
])("folds %j to %j", (text, folded) => {
  expect(foldCase(text)).toBe(folded);
});

test("keeps one spelling of each value, regardless of the order of the values", () => {
  expect(distinctIgnoringCase(["Polycom", "snom", "POLYCOM", "LG-Nortel"])).toEqual([
    "LG-Nortel",
    "POLYCOM",
    "snom",
  ]);
  expect(distinctIgnoringCase(["POLYCOM", "Polycom"])).toEqual(["POLYCOM"]);
});

test("finds a value among others in any case", () => {
  expect(includesIgnoringCase(["POLYCOM"], "Polycom")).toBe(true);
  expect(includesIgnoringCase(["POLYCOM"], "Polyco")).toBe(false);
});
