import type { z } from "zod";
import { AppError } from "#foundation/core/errors";

/** Parses input with a schema. The error names each invalid field by its path. */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
): z.output<Schema> {
  const result = schema.safeParse(input);
  if (!result.success) {
    throw new AppError("invalid_input", "Some of the options or arguments are invalid.", {
      cause: result.error,
      fields: result.error.issues.map((issue) => ({
        path: issue.path.join("."),
        message: issue.message,
      })),
    });
  }
  return result.data;
}

/** Converts `identifierType` to `--identifier-type`. Paths that are not an option, such as list positions, stay unchanged. */
export function optionName(path: string): string {
  return /^[a-z][A-Za-z]*$/.test(path)
    ? `--${path.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
    : path;
}
