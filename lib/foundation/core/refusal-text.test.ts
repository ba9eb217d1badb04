import { expect, test } from "vitest";
import { z } from "zod";
import { AppError } from "#foundation/core/errors";
import { parseInput } from "#foundation/core/parse-input";

function refusalOf(schema: z.ZodType, input: unknown): string | undefined {
  try {
    parseInput(schema, input);
    return undefined;
  } catch (error) {
    return error instanceof AppError ? error.fields[0]?.message : "a defect";
  }
}

test.each([
  ["another word", z.enum(["stop", "warn"]), "none", "One of stop, warn."],
  ["a larger number", z.number().max(30), 31, "At most 30."],
  ["a smaller number", z.number().min(1), 0, "At least 1."],
  ["a longer text", z.string().max(3), "long", "At most 3 characters."],
  ["an empty text", z.string().min(1), "", "At least 1 character."],
  ["a longer list", z.array(z.string()).max(1), ["a", "b"], "At most 1."],
  ["nothing", z.strictObject({ list: z.string() }), {}, "Required."],
  ["an unknown name", z.strictObject({}), { page: "1" }, "Unknown: page."],
])("says what is allowed instead of %s", (_what, schema, ...[input, message]) => {
  expect(refusalOf(schema, input)).toBe(message);
});

test("a schema's own sentence comes first", () => {
  expect(refusalOf(z.number().max(30, "No more than a month."), 31)).toBe("No more than a month.");
});
