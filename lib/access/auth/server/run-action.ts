import "server-only";

import { randomUUID } from "node:crypto";
import { revalidatePath } from "next/cache";
import type { z } from "zod";
import type { ActionResult } from "#access/auth/action-result";
import { needsReload } from "#access/auth/action-result";
import { panelContext } from "#access/auth/server/panel-context";
import { AppError } from "#foundation/core/errors";
import { parseInput } from "#foundation/core/parse-input";
import type { UseCaseContext } from "#foundation/core/use-case-context";
import { translateDatabaseOutage } from "#foundation/platform/db/unavailable";
import { log } from "#foundation/platform/log";

/**
 * The body of a server action: parses the input, authenticates the caller, runs the use case and turns expected
 * errors into values. The input is `unknown` because any client can post any data to an action.
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

/** Loads the open page again after an action, because it shows what the action has changed, or what it did not expect. */
export function reloadAfter(
  result: ActionResult<unknown>,
  path: string,
  kind?: "layout" | "page",
): void {
  if (needsReload(result)) {
    revalidatePath(path, kind);
  }
}

/** Turns an expected error into a value. Logs every other error and returns it as a defect. */
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
