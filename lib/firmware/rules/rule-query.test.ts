import { expect, test } from "vitest";
import { ruleQuery } from "#firmware/rules/rule-query";
import { toMatchingQuery } from "#firmware/rules/to-matching-query";
import { ALL_RULES } from "#firmware/rules/search-params";
import { AppError } from "#foundation/core/errors";
import { parseInput } from "#foundation/core/parse-input";

test("parses the query that the panel builds", () => {
  const search = { ...ALL_RULES, q: "cx600 4.0", model: ["CX600", "a,b"], pool: ["pool01"] };
  const query = Object.fromEntries(toMatchingQuery("pending", search));
  expect(ruleQuery.parse(query)).toEqual({ ...search, view: "pending", size: 2000, page: 1 });
});

test.each([
  ["a misspelt filter", { modle: "CX600" }],
  ["a size over the limit of one action", { size: "2001" }],
  ["page zero", { page: "0" }],
  ["an unknown sort column", { sort: "password" }],
  ["a page that is not a decimal number", { page: "1e3" }],
  ["an empty size", { size: "" }],
  ["a search with U+0000", { q: "CX600\0" }],
  ["a model with half of a surrogate pair", { model: "\uD800" }],
])("refuses %s", (_title, query) => {
  expect(() => parseInput(ruleQuery, query)).toThrow(AppError);
});
