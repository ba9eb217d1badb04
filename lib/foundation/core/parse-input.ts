import type { z } from "zod";
import type { FieldError } from "#foundation/core/errors";
import { AppError } from "#foundation/core/errors";
import { refusalText } from "#foundation/core/refusal-text";
import { isStorableText } from "#foundation/core/search-text";

type ParseOptions = {
  readonly message?: string;
  /** The part of the request that is read; the first segment of every path. */
  readonly place?: string;
};

/**
 * Parses input with a schema. Throws `invalid_input` with the path of each refused field, also of each text that PostgreSQL
 * cannot store.
 */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  { message = "Some of the input is invalid.", place }: ParseOptions = {},
): z.output<Schema> {
  const unstorable = unstorableTexts(input);
  if (unstorable.length > 0) {
    const fields = unstorable.map((path) => ({ path: toPath(path, place), message: UNSTORABLE }));
    throw new AppError("invalid_input", message, { fields });
  }
  const result = schema.safeParse(input, { error: refusalText });
  if (!result.success) {
    const fields = fieldErrors(result.error, place);
    throw new AppError("invalid_input", message, { cause: result.error, fields });
  }
  return result.data;
}

const UNSTORABLE = "Contains a character that cannot be stored.";
/** Deeper input is refused by every schema, or is none that a person wrote. */
const MAX_DEPTH = 8;

/** The paths of texts with U+0000 or an unpaired surrogate. */
function unstorableTexts(input: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof input === "string") {
    return isStorableText(input) ? [] : [path];
  }
  if (typeof input !== "object" || input === null || path.length === MAX_DEPTH) {
    return [];
  }
  return Object.entries(input).flatMap(([name, value]) => unstorableTexts(value, [...path, name]));
}

function toPath(path: readonly PropertyKey[], place: string | undefined): string {
  return [...(place === undefined ? [] : [place]), ...path].join(".");
}

/** The fields that a schema refused. */
export function fieldErrors({ issues }: z.core.$ZodError, place?: string): readonly FieldError[] {
  return issues.map(({ path, message }) => ({ path: toPath(path, place), message }));
}
