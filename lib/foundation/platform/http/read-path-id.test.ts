import { expect, test } from "vitest";
import { readPathId } from "#foundation/platform/http/read-path-id";

const NOT_FOUND = "There is no such site.";

test("returns the id", async () => {
  const id = "0b0b7a52-35e6-4a35-8a6e-2f3f6f1f4a11";
  expect(await readPathId(Promise.resolve({ id }), NOT_FOUND)).toBe(id);
});

test.each([
  "",
  "1",
  "0b0b7a52-35e6-4a35-8a6e",
  "../accounts",
  "0b0b7a52-35e6-4a35-8a6e-2f3f6f1f4a11'",
])("answers %j as an id that does not exist", async (id) => {
  await expect(readPathId(Promise.resolve({ id }), NOT_FOUND)).rejects.toMatchObject({
    code: "not_found",
    message: NOT_FOUND,
  });
});
