import { expect, test } from "vitest";
import { possibleActions } from "#components/rules/possible-actions";

const VERSION = { releaseId: "r", version: "1.0" };

test.each([
  [null, null, ["remove"]],
  [null, VERSION, ["approve", "reset", "remove"]],
  [VERSION, null, ["restore", "remove"]],
  [VERSION, VERSION, ["approve", "reset", "restore", "remove"]],
])("offers only verbs that would do something", (approved, pending, actions) => {
  expect(possibleActions({ approved, pending, restore: null })).toEqual(actions);
});
