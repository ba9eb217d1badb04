import { expect, test } from "vitest";
import { z } from "zod";
import { readQuery } from "#foundation/platform/http/read-json";

const schema = z.strictObject({ model: z.string().default("") });

function aRequest(query: string): Request {
  return new Request(`http://localhost/api/devices?${query}`);
}

test("parses a query with its schema", () => {
  expect(readQuery(aRequest("model=CX600"), schema)).toEqual({ model: "CX600" });
});

test.each([
  ["model=CX600&model=CX500", "query.model"],
  ["modle=CX600", "query"],
])("refuses %s and names the field", (query, path) => {
  expect(() => readQuery(aRequest(query), schema)).toThrow(
    expect.objectContaining({
      code: "invalid_input",
      fields: [expect.objectContaining({ path })],
    }),
  );
});
