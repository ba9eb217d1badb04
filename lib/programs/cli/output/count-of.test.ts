import { expect, test } from "vitest";
import { countOf } from "#programs/cli/output/count-of";

test.each([
  [0, "0 rules", "0 entries"],
  [1, "1 rule", "1 entry"],
  [2, "2 rules", "2 entries"],
])("uses the noun's form for a count of %i", (count, rules, entries) => {
  expect(countOf(count, "rule")).toBe(rules);
  expect(countOf(count, "entry", "entries")).toBe(entries);
});
