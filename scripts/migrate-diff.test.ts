import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";

/** The statements of a schema without its comments, which migrations do not affect. */
async function statementsOf(file: string): Promise<readonly string[]> {
  const text = await readFile(file, "utf8");
  return text
    .split("\n")
    .map((line) => line.replace(/\/\/.*/, "").trim())
    .filter((line) => line !== "");
}

test("the migrations result in the schema that the client is generated from", async () => {
  const migrated = await statementsOf("prisma/migrations/schema.prisma");

  expect(migrated).toEqual(await statementsOf("prisma/schema.prisma"));
});
