import { expect, test } from "vitest";
import { checkQuery } from "#phones/check-log/check-query";
import { RECORDED_TRIGGERS } from "#fleet/devices/model";
import { AppError } from "#foundation/core/errors";
import { parseInput } from "#foundation/core/parse-input";

test("reads comma-separated values, days and times", () => {
  const query = {
    model: "CX600, CX500",
    outcome: "offered,invalid",
    from: "2026-11-22",
    to: "2026-11-22T09:30+01:00",
    q: " adamb ",
  };
  expect(checkQuery.parse(query)).toEqual({
    q: "adamb",
    model: ["CX600", "CX500"],
    pool: [],
    outcome: ["offered", "invalid"],
    verdict: [],
    side: [],
    dialect: [],
    trigger: [],
    from: "2026-11-22",
    to: "2026-11-22T09:30+01:00",
    format: "json",
  });
});

test("takes every trigger that the check log has", () => {
  const trigger = RECORDED_TRIGGERS.join(",");
  expect(checkQuery.parse({ trigger }).trigger).toEqual(RECORDED_TRIGGERS);
});

test.each([
  ["a misspelt filter", { modle: "CX600" }],
  ["an outcome that does not exist", { outcome: "offered,perhaps" }],
  ["a verdict that does not exist", { verdict: "perhaps" }],
  ["a side that does not exist", { side: "inside" }],
  ["a dialect that does not exist", { dialect: "sip" }],
  ["a trigger that does not exist", { trigger: "never" }],
  ["a format that does not exist", { format: "xlsx" }],
  ["an invalid time", { from: "yesterday" }],
  ["an invalid day", { to: "2026-02-30" }],
  ["a value with U+0000", { model: "CX600\0" }],
  ["a search with an unpaired surrogate", { q: "\uDC00" }],
  ["a search that is too long", { q: "x".repeat(501) }],
])("refuses %s", (_, query) => {
  expect(() => parseInput(checkQuery, query)).toThrow(AppError);
});
