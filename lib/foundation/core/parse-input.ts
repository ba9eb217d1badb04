import type { z } from "zod";
import type { FieldError } from "#foundation/core/errors";
import { AppError } from "#foundation/core/errors";

type ParseOptions = {
  readonly message?: string;
  /** The part of the request that is read; the first segment of every path. */
  readonly place?: string;
};

/** Parses input with a schema. Throws `invalid_input` with the path of each refused field. */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  { message = "Some of the input is invalid.", place }: ParseOptions = {},
): z.output<Schema> {
  const result = schema.safeParse(input);
  if (!result.success) {
    const fields = fieldErrors(result.error, place);
    throw new AppError("invalid_input", message, { cause: result.error, fields });
  }
  return result.data;
}

/** The fields that a schema refused. */
export function fieldErrors({ issues }: z.core.$ZodError, place?: string): readonly FieldError[] {
  const start = place === undefined ? [] : [place];
  return issues.map(({ path, message }) => ({ path: [...start, ...path].join("."), message }));
}
