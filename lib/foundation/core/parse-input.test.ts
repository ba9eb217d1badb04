import { expect, test } from "vitest";
import { z } from "zod";
import { fieldErrors, parseInput } from "#foundation/core/parse-input";

const schema = z.strictObject({ phones: z.array(z.strictObject({ name: z.string("No text.") })) });
const unfit = { phones: [{ name: "CX600" }, { name: 600 }] };

test("returns the output of the schema", () => {
  expect(parseInput(schema, { phones: [] })).toEqual({ phones: [] });
});

test("throws invalid_input with the path of each refused field", () => {
  expect(() => parseInput(schema, unfit, { message: "Not these.", place: "body" })).toThrow(
    expect.objectContaining({
      code: "invalid_input",
      message: "Not these.",
      fields: [{ path: "body.phones.1.name", message: "No text." }],
    }),
  );
});

test.each(["CX\u0000600", "CX600 \ud800"])("refuses %j, which PostgreSQL cannot store", (name) => {
  expect(() => parseInput(schema, { phones: [{ name: "CX500" }, { name }] })).toThrow(
    expect.objectContaining({
      code: "invalid_input",
      fields: [{ path: "phones.1.name", message: "Contains a character that cannot be stored." }],
    }),
  );
});

test("omits the place from the path if none is given", () => {
  expect(schema.safeParse(unfit).error).toSatisfy(
    (error: z.ZodError) => fieldErrors(error)[0]?.path === "phones.1.name",
  );
});
