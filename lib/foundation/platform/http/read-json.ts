import "server-only";
import type { z } from "zod";
import { AppError } from "#foundation/core/errors";
import { parseInput } from "#foundation/core/parse-input";
import { readBody } from "#foundation/platform/http/request-body";
import { requireJson } from "#foundation/core/json";

const BODY_LIMIT_BYTES = 1024 * 1024;
const WRONG_SHAPE = "The request does not match the expected shape.";

/**
 * Parses the body of an administrator's request with a schema. Throws `invalid_input`, which names each invalid field.
 */
export async function readJson<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
): Promise<z.output<Schema>> {
  const body = requireJson(await readBody(request, BODY_LIMIT_BYTES), "The body is not JSON.");
  return parseInput(schema, body, { message: WRONG_SHAPE, place: "body" });
}

/** Parses the query of a request with a schema. A repeated name is refused, because one of its values would be lost. */
export function readQuery<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
): z.output<Schema> {
  const { searchParams } = new URL(request.url);
  const repeated = [...searchParams.keys()].find((name) => searchParams.getAll(name).length > 1);
  if (repeated !== undefined) {
    throw new AppError("invalid_input", WRONG_SHAPE, {
      fields: [
        {
          path: `query.${repeated}`,
          message: "Given more than once. Separate several values with commas.",
        },
      ],
    });
  }
  const query = Object.fromEntries(searchParams);
  return parseInput(schema, query, { message: WRONG_SHAPE, place: "query" });
}
