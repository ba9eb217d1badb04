import "server-only";

import { randomUUID } from "node:crypto";
import type { z } from "zod";
import type { ActionResult } from "#access/auth/action-result";
import { panelContext } from "#access/auth/server/panel-context";
import { AppError } from "#foundation/core/errors";
import { parseInput } from "#foundation/core/parse-input";
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
    const parsed = parseInput(schema, input);
    return { ok: true, value: await action(await panelContext(), parsed) };
  } catch (error) {
    return toFailure(error);
  }
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
