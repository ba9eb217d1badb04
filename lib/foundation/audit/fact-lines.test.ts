import { expect, test } from "vitest";
import { toFactLines } from "#foundation/audit/fact-lines";

test("combines the values before and after", () => {
  expect(toFactLines({ approvedVersionBefore: "1.0", approvedVersion: "2.0" })).toEqual([
    { kind: "change", name: "approvedVersion", before: "1.0", after: "2.0" },
  ]);
});

test("shows an unchanged value once, and omits a value that is absent before and after", () => {
  const facts = {
    approvedVersionBefore: "1.0",
    approvedVersion: "1.0",
    restoreVersionBefore: null,
    restoreVersion: null,
    leftOut: [],
    notes: "",
  };
  expect(toFactLines(facts)).toEqual([{ kind: "value", name: "approvedVersion", value: "1.0" }]);
});

test("shows a value that becomes absent as a change", () => {
  expect(toFactLines({ pendingVersionBefore: "2.0", pendingVersion: null })).toEqual([
    { kind: "change", name: "pendingVersion", before: "2.0", after: null },
  ]);
});

test("keeps a fact whose name ends in Before but has no counterpart", () => {
  expect(toFactLines({ keptBefore: "x" })).toEqual([
    { kind: "value", name: "keptBefore", value: "x" },
  ]);
});

test("shows false and zero", () => {
  expect(toFactLines({ isEnabled: false, unchanged: 0 })).toHaveLength(2);
});
