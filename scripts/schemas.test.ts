import { glob } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { z } from "zod";

/**
 * A schema that throws turns a wrong value into an internal error. Zod goes on to `refine` after a check that failed,
 * unless that check aborts.
 */

const HOSTILE: readonly unknown[] = [
  undefined,
  null,
  true,
  -1,
  1.5,
  Number.MAX_VALUE,
  "",
  " ",
  "a b",
  "\0",
  "\uD800",
  "http://",
  "http://[::1",
  "ftp://x",
  "%",
  "%ff",
  "2026-13-45",
  "10.0.0.0/33",
  "::/0",
  "x".repeat(3000),
  "__proto__",
  [],
  [null],
  [""],
  {},
];

/** The schemas of the fields and elements of a schema, at any depth, and itself. */
function* partsOf(schema: unknown): Generator<z.ZodType> {
  if (!(schema instanceof z.ZodType)) {
    return;
  }
  yield schema;
  const inner =
    schema instanceof z.ZodObject
      ? Object.values(schema.shape)
      : schema instanceof z.ZodArray
        ? [schema.element]
        : schema instanceof z.ZodOptional ||
            schema instanceof z.ZodNullable ||
            schema instanceof z.ZodDefault
          ? [schema.unwrap()]
          : schema instanceof z.ZodUnion
            ? schema.options
            : [];
  for (const part of inner) {
    yield* partsOf(part);
  }
}

const files: string[] = [];
for await (const file of glob("lib/**/{schema,*-schema,*-query,*-input,search-params,model}.ts")) {
  files.push(file);
}

test.each(files.sort())("no schema of %s throws", async (file) => {
  const module: unknown = await import(pathToFileURL(resolve(file)).href);
  for (const exported of Object.values(module ?? {})) {
    for (const part of partsOf(exported)) {
      for (const value of HOSTILE) {
        expect(() => part.safeParse(value), JSON.stringify(value)).not.toThrow();
      }
    }
  }
});
