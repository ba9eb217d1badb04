import { expect, test } from "vitest";
import { deviceQuery } from "#fleet/devices/device-query";

test("reads several values with commas in between, and what is left out as the panel does", () => {
  const query = { model: "CX600,CX500", progress: "fell_back,never_came_back", size: "2000" };

  expect(deviceQuery.parse(query)).toEqual({
    q: "",
    model: ["CX600", "CX500"],
    pool: [],
    state: [],
    progress: ["fell_back", "never_came_back"],
    sort: "lastSeenAt",
    order: "desc",
    page: 1,
    size: 2000,
  });
});

test.each([
  ["a misspelt filter", { modle: "CX600" }],
  ["a state that no phone is in", { state: "up_to_date,broken" }],
  ["a word for progress that there is not", { progress: "lost" }],
  ["more than a page may hold", { size: "2001" }],
  ["page zero", { page: "0" }],
  ["an unknown sort column", { sort: "password" }],
  ["a page that is no decimal number", { page: "1e3" }],
  ["a size that is empty", { size: "" }],
  ["a search with U+0000", { q: "CX600\0" }],
  ["a model with half of a surrogate pair", { model: "\uD800" }],
])("refuses %s", (_, query) => {
  expect(deviceQuery.safeParse(query).success).toBe(false);
});
