import { expect, test } from "vitest";
import { readFields, toFields } from "#components/dialect/dialect-form-state";
import { DEFAULT_DIALECT } from "#lib/protocol/dialect";

test("a dialect comes out of the form as it went in", () => {
  const dialect = { ...DEFAULT_DIALECT, requestNames: { model: ["Kind", "hw"], version: ["sw"] } };
  expect(readFields(toFields(dialect))).toEqual({ kind: "valid", dialect });
});

test("what is wrong is told by field", () => {
  const fields = toFields(DEFAULT_DIALECT);
  const reading = readFields({
    ...fields,
    updateTemplate: "<a>{verison}</a>",
    requestNames: { ...fields.requestNames, model: "fine 1-wrong" },
  });
  expect(reading.kind === "invalid" && [...reading.problems.keys()]).toEqual([
    "updateTemplate",
    "requestNames.model",
  ]);
});
