import { expect, test } from "vitest";
import { toFactLines } from "#foundation/audit/fact-lines";

test("puts before and after together", () => {
  expect(toFactLines({ approvedVersionBefore: "1.0", approvedVersion: "2.0" })).toEqual([
    { kind: "change", name: "approvedVersion", before: "1.0", after: "2.0" },
  ]);
});

test("shows once what did not change, and leaves out what was absent and stayed absent", () => {
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

test("what became absent is a change, not nothing", () => {
  expect(toFactLines({ pendingVersionBefore: "2.0", pendingVersion: null })).toEqual([
    { kind: "change", name: "pendingVersion", before: "2.0", after: null },
  ]);
});

test("keeps a fact whose name merely ends like one of before", () => {
  expect(toFactLines({ keptBefore: "x" })).toEqual([
    { kind: "value", name: "keptBefore", value: "x" },
  ]);
});

test("false and zero are facts", () => {
  expect(toFactLines({ isEnabled: false, unchanged: 0 })).toHaveLength(2);
});
