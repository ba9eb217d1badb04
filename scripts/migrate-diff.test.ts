import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";

/** Comments are no part of what a migration has to lead to. */
async function statementsOf(file: string): Promise<readonly string[]> {
  const text = await readFile(file, "utf8");
  return text
    .split("\n")
    .map((line) => line.replace(/\/\/.*/, "").trim())
    .filter((line) => line !== "");
}

test("the migrations lead to the schema that the client is generated from", async () => {
  const migrated = await statementsOf("prisma/migrations/schema.prisma");

  expect(migrated).toEqual(await statementsOf("prisma/schema.prisma"));
});
