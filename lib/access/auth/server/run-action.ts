import "server-only";

import { randomUUID } from "node:crypto";
import type { z } from "zod";
import type { ActionResult } from "#access/auth/action-result";
import { panelContext } from "#access/auth/server/panel-context";
import { AppError } from "#foundation/core/errors";
import type { FieldError } from "#foundation/core/errors";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { translateDatabaseOutage } from "#foundation/platform/db/unavailable";
import { log } from "#foundation/platform/log";

/**
 * The body of a server action: parses what came in, finds the caller, runs the use case and turns
 * refusals into values. Its input is `unknown`, because anybody can post anything to an action.
 */
export async function runAction<Schema extends z.ZodType, T>(
  schema: Schema,
  input: unknown,
  action: (context: UseCaseContext, input: z.output<Schema>) => Promise<T>,
): Promise<ActionResult<T>> {
  try {
    const parsed = schema.safeParse(input);
    if (!parsed.success) {
      throw invalidInput(parsed.error);
    }
    return { ok: true, value: await action(await panelContext(), parsed.data) };
  } catch (error) {
    return toFailure(error);
  }
}

function invalidInput(error: z.ZodError): AppError {
  const fields: FieldError[] = error.issues.map((issue) => ({
    path: issue.path.join("."),
    message: issue.message,
  }));
  return new AppError("invalid_input", "Some of what was entered cannot be used.", {
    cause: error,
    fields,
  });
}

/** A refusal as a value; anything else is logged, and told as a defect. */
export function toFailure(error: unknown): ActionResult<never> {
  const requestId = randomUUID();
  if (!(error instanceof AppError)) {
    log().error({ err: error, requestId }, "a server action failed");
  }
  const refusal = translateDatabaseOutage(error);
  if (!(refusal instanceof AppError)) {
    return { ok: false, code: "defect", fields: [], reason: null, requestId };
  }
  const { code, fields, reason } = refusal;
  return { ok: false, code, fields: fields.map(({ path }) => ({ path })), reason, requestId };
}
