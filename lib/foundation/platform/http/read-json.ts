import "server-only";
import type { z } from "zod";
import { AppError } from "#foundation/core/errors";
import { readBody } from "#foundation/platform/http/read-body";

const BODY_LIMIT_BYTES = 1024 * 1024;

/** The body of an administrator's request, read by its schema. Throws `invalid_input`, naming each field. */
export async function readJson<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
): Promise<z.output<Schema>> {
  return parseInput("body", toJson(await readBody(request, BODY_LIMIT_BYTES)), schema);
}

/** What came in a request's query, read by its schema. A name that is given twice is refused: one value would be lost. */
export function readQuery<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
): z.output<Schema> {
  const { searchParams } = new URL(request.url);
  const repeated = [...searchParams.keys()].find((name) => searchParams.getAll(name).length > 1);
  if (repeated !== undefined) {
    throw new AppError("invalid_input", "The request does not match the expected shape.", {
      fields: [
        {
          path: `query.${repeated}`,
          message: "Given more than once. Separate several values with commas.",
        },
      ],
    });
  }
  return parseInput("query", Object.fromEntries(searchParams), schema);
}

function toJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch (error) {
    throw new AppError("invalid_input", "The body is not JSON.", { cause: error });
  }
}

function parseInput<Schema extends z.ZodType>(
  place: "body" | "query",
  input: unknown,
  schema: Schema,
): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) {
    return parsed.data;
  }
  throw new AppError("invalid_input", "The request does not match the expected shape.", {
    cause: parsed.error,
    fields: parsed.error.issues.map(({ path, message }) => ({
      path: [place, ...path].join("."),
      message,
    })),
  });
}
