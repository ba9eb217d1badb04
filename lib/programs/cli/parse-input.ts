import type { z } from "zod";
import { AppError } from "#foundation/core/errors";

/** Reads input with a schema. A refusal names each field by its path. */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
): z.output<Schema> {
  const result = schema.safeParse(input);
  if (!result.success) {
    throw new AppError("invalid_input", "Some of what was given cannot be used.", {
      cause: result.error,
      fields: result.error.issues.map((issue) => ({
        path: issue.path.join("."),
        message: issue.message,
      })),
    });
  }
  return result.data;
}

/** `identifierType` as `--identifier-type`; positions in a list and whatever is no option stay as they are. */
export function optionName(path: string): string {
  return /^[a-z][A-Za-z]*$/.test(path)
    ? `--${path.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
    : path;
}
