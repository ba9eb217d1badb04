import { expect, test } from "vitest";
import { deviceQuery } from "#fleet/devices/device-query";
import { AppError } from "#foundation/core/errors";
import { parseInput } from "#foundation/core/parse-input";

test("reads comma-separated values, and uses the defaults of the panel", () => {
  const query = { model: "CX600,CX500", progress: "fell_back,never_came_back", size: "2000" };

  expect(deviceQuery.parse(query)).toEqual({
    q: "",
    model: ["CX600", "CX500"],
    pool: [],
    site: [],
    state: [],
    progress: ["fell_back", "never_came_back"],
    rollOut: "",
    rollOutState: [],
    sort: "lastSeenAt",
    order: "desc",
    page: 1,
    size: 2000,
  });
});

test.each([
  ["a misspelt filter", { modle: "CX600" }],
  ["an unknown state", { state: "up_to_date,broken" }],
  ["an unknown progress state", { progress: "lost" }],
  ["a size above the maximum", { size: "2001" }],
  ["page zero", { page: "0" }],
  ["an unknown sort column", { sort: "password" }],
  ["a page that is not a decimal number", { page: "1e3" }],
  ["an empty size", { size: "" }],
  ["a search with U+0000", { q: "CX600\0" }],
  ["a model with an unpaired surrogate", { model: "\uD800" }],
])("refuses %s", (_, query) => {
  expect(() => parseInput(deviceQuery, query)).toThrow(AppError);
});
